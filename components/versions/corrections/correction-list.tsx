'use client'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { Card } from '@/components/ui/card'
import { Kbd } from '@/components/ui/kbd'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { correctionsQuery, useDecideCorrection } from '@/lib/versions/corrections/queries'
import type { ConfusionPair, CorrectionView } from '@/lib/versions/corrections/schema'
import { CorrectionItem } from './correction-item'
import { DismissDialog } from './dismiss-dialog'
import { isWrongReason, type NameOf } from './pair-list'
import { PromoteDialog } from './promote-dialog'

type CorrectionListProps = {
  project: string
  pair: ConfusionPair
  mayEdit: boolean
  nameOf: NameOf
}

type Step = { kind: 'promote' | 'dismiss'; correction: CorrectionView }

/** The corrections of one pair. Keys work on the one that has the focus, and nowhere else. */
export function CorrectionList({ project, pair, mayEdit, nameOf }: CorrectionListProps) {
  const corrections = useQuery(correctionsQuery(project, pair))
  const decide = useDecideCorrection(project)
  const [step, setStep] = useState<Step | null>(null)
  const list = useRef<HTMLUListElement>(null)

  const decideAs = (correction: CorrectionView, decision: 'later' | 'open') =>
    decide.mutate({ reviewId: correction.reviewId, input: { decision } }, { onError: showError })

  function moveFocus(by: number) {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-correction]') ?? [])]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    items[Math.min(items.length - 1, Math.max(0, at + by))]?.focus()
  }

  function onKey(event: React.KeyboardEvent, correction: CorrectionView) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return
    }
    const actions: Record<string, () => void> = {
      j: () => moveFocus(1),
      k: () => moveFocus(-1),
      ...(mayEdit
        ? {
            p: () => setStep({ kind: 'promote', correction }),
            x: () => setStep({ kind: 'dismiss', correction }),
            l: () => decideAs(correction, 'later'),
          }
        : {}),
    }
    const action = actions[event.key.toLowerCase()]
    if (!action) return
    event.preventDefault()
    action()
  }

  return (
    <Card
      title={
        isWrongReason(pair)
          ? `${nameOf(pair.suggestedId, '')}: right label, wrong reason`
          : `${nameOf(pair.suggestedId, 'No valid label')} → ${nameOf(pair.rightId, 'not known yet')}`
      }
      description={
        mayEdit ? (
          <span className="hidden sm:inline">
            With the focus on one: <Kbd>P</Kbd> promote, <Kbd>L</Kbd> later, <Kbd>X</Kbd> dismiss,{' '}
            <Kbd>J</Kbd> <Kbd>K</Kbd> next and former.
          </span>
        ) : null
      }
    >
      <Loaded query={corrections}>
        {(all) => (
          <ul ref={list} className="grid gap-3">
            {all.map((correction) => (
              <CorrectionItem
                key={correction.reviewId}
                project={project}
                correction={correction}
                mayEdit={mayEdit}
                nameOf={nameOf}
                onKey={(event) => onKey(event, correction)}
                onPromote={() => setStep({ kind: 'promote', correction })}
                onDismiss={() => setStep({ kind: 'dismiss', correction })}
                onLater={() => decideAs(correction, 'later')}
                onReopen={() => decideAs(correction, 'open')}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {step?.kind === 'promote' ? (
        <PromoteDialog
          project={project}
          correction={step.correction}
          nameOf={nameOf}
          onClose={() => setStep(null)}
        />
      ) : null}
      {step?.kind === 'dismiss' ? (
        <DismissDialog
          busy={decide.isPending}
          onClose={() => setStep(null)}
          onDismiss={(reason) =>
            decide.mutate(
              {
                reviewId: step.correction.reviewId,
                input: { decision: 'dismissed', reason },
              },
              {
                onSuccess: () => {
                  toast.success('Dismissed.')
                  setStep(null)
                },
                onError: showError,
              },
            )
          }
        />
      ) : null}
    </Card>
  )
}

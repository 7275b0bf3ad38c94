'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type RefObject, useRef } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { correctionsQuery } from '@/lib/versions/corrections/queries'
import { isUndecided } from '@/lib/versions/corrections/rules'
import type {
  ConfusionPair,
  CorrectionFilter,
  CorrectionPage,
  CorrectionStatus,
  FoldedCorrection,
} from '@/lib/versions/corrections/schema'
import { CorrectionItem } from './correction-item'
import { CorrectionKeys } from './correction-keys'
import { DismissDialog } from './dismiss-dialog'
import { ListEnd } from './list-end'
import { type NameOf, namePair } from './pair-names'
import { PromoteDialog } from './promotion/promote-dialog'
import type { KeptForms } from './promotion/use-promotion-form'
import { type Undos, useTriage } from './use-triage'

type CorrectionListProps = {
  project: string
  pair: ConfusionPair
  filter: CorrectionFilter & { status?: CorrectionStatus }
  mayEdit: boolean
  nameOf: NameOf
  kept: KeptForms
  undos: RefObject<Undos>
  /** The next pair with something open. */
  next: ConfusionPair | null
  onNext: (pair: ConfusionPair) => void
}

/** The corrections of one pair. Keys act on the marked one, wherever on the page the focus is. */
export function CorrectionList(props: CorrectionListProps) {
  const { project, pair, filter, mayEdit, nameOf, kept, undos, next, onNext } = props
  const corrections = useInfiniteQuery(correctionsQuery(project, pair, filter))
  const list = useRef<HTMLDivElement>(null)
  const rows = joinPages(corrections.data?.pages ?? [])
  const more = () => void corrections.fetchNextPage()
  const { step, setStep, currentId, choose, decideAs, afterPromotion } = useTriage({
    ...{ project, rows, list, undos, mayEdit },
    onBeyond: () => corrections.hasNextPage && more(),
  })

  function tellPromoted(row: FoldedCorrection, versionId: string, replaced: number) {
    const undo = afterPromotion(row, versionId)
    toast.success('It is an example of the draft now.', {
      description: (
        <>
          {replaced > 0
            ? `${replaced === 1 ? 'One passage was' : `${replaced} passages were`} replaced by placeholders. `
            : null}
          <Link className="link" href={`/projects/${project}/versions/${versionId}`}>
            Open the draft
          </Link>
        </>
      ),
      action: { label: 'Undo', onClick: undo },
    })
  }

  return (
    <Card
      title={namePair(pair, nameOf)}
      action={
        <Button
          size="sm"
          variant="ghost"
          kbd="?"
          className="max-sm:hidden"
          onClick={() => setStep({ kind: 'keys' })}
        >
          Keys
        </Button>
      }
    >
      <Loaded query={corrections}>
        {() => (
          <div ref={list} className="grid gap-3">
            <ul className="grid gap-3">
              {rows.map((row) => (
                <CorrectionItem
                  key={row.reviewId}
                  project={project}
                  row={row}
                  mayEdit={mayEdit}
                  nameOf={nameOf}
                  isCurrent={row.reviewId === currentId}
                  onFocus={() => choose(row)}
                  onPromote={() => setStep({ kind: 'promote', row })}
                  onDismiss={() => setStep({ kind: 'dismiss', row })}
                  onLater={() => decideAs(row, { decision: 'later' })}
                  onReopen={() => decideAs(row, { decision: 'open' })}
                />
              ))}
            </ul>
            {corrections.hasNextPage ? (
              <Button
                className="justify-self-start"
                busy={corrections.isFetchingNextPage}
                onClick={more}
              >
                Show more
              </Button>
            ) : (
              <ListEnd
                isEmpty={rows.length === 0}
                isDone={!rows.some(({ status }) => isUndecided(status))}
                next={next}
                nextName={next ? namePair(next, nameOf) : ''}
                onNext={onNext}
              />
            )}
          </div>
        )}
      </Loaded>
      {step?.kind === 'keys' ? <CorrectionKeys onClose={() => setStep(null)} /> : null}
      {step?.kind === 'promote' ? (
        <PromoteDialog
          project={project}
          correction={step.row}
          nameOf={nameOf}
          kept={kept}
          onClose={() => setStep(null)}
          onPromoted={(versionId, replaced) => tellPromoted(step.row, versionId, replaced)}
        />
      ) : null}
      {step?.kind === 'dismiss' ? (
        <DismissDialog
          alike={step.row.alikeCount}
          onClose={() => setStep(null)}
          onDismiss={(reason) => decideAs(step.row, { decision: 'dismissed', reason })}
        />
      ) : null}
    </Card>
  )
}

/** What was decided on meanwhile moves towards the end of the list, and may so come a second time. */
function joinPages(pages: CorrectionPage[]): FoldedCorrection[] {
  const rows = new Map<string, FoldedCorrection>()
  for (const row of pages.flatMap((page) => page.rows)) {
    if (!rows.has(row.reviewId)) rows.set(row.reviewId, row)
  }
  return [...rows.values()]
}

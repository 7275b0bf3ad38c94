'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { chooseKept, listBared, proposePruning } from '@/lib/runs/effects/rules'
import type { EffectStudyView } from '@/lib/runs/effects/schema'
import { useCreateDraft, useDiscardDraft } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { PartName } from './part-name'

type PruneCardProps = { project: string; version: VersionView; study: EffectStudyView }

/** A smaller draft, without the examples that do not earn their tokens. */
export function PruneCard({ project, version, study }: PruneCardProps) {
  const proposed = proposePruning(study.parts)
  const [kept, setKept] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        chooseKept(
          study.parts,
          proposed.map(({ partId }) => partId),
        ),
      ),
  )
  if (proposed.length === 0) {
    return (
      <Notice tone="good" title="Nothing to prune">
        Every example that was measured fixes more than it breaks.
      </Notice>
    )
  }
  const there = new Set(version.examples.filter(({ enabled }) => enabled).map(({ id }) => id))
  const parts = proposed.flatMap(({ partId, reason }) => {
    const part = study.parts.find(({ id }) => id === partId)
    return part?.examples.some(({ id }) => there.has(id)) ? [{ part, reason }] : []
  })
  const chosen = parts.filter(({ part }) => !kept.has(part.id)).map(({ part }) => part)
  const exampleIds = chosen.flatMap(({ examples }) => examples.map(({ id }) => id))
  const tokens = chosen.reduce((sum, part) => sum + part.tokens, 0)
  const bared = listBared(
    study.parts.flatMap(({ examples }) => examples).filter(({ id }) => there.has(id)),
    new Set(exampleIds),
  )
  function toggle(id: string, off: boolean) {
    const next = new Set(kept)
    if (off) next.delete(id)
    else next.add(id)
    setKept(next)
  }
  return (
    <Card
      title="Prune: a smaller draft"
      description="These fix no more than they break: one or two cases either way are chance, their tokens are not. Each was measured alone; two examples that say the same cover for each other, and several switched off at once may do what none did. So try the new draft on dev before you believe it. What is ticked is left out; the best one of each category stays at first."
    >
      <ul className="grid gap-2">
        {parts.map(({ part, reason }) => (
          <li key={part.id} className="text-[13px]">
            <Checkbox
              label={<PartName part={part} />}
              hint={reason}
              checked={!kept.has(part.id)}
              onChange={({ target }) => toggle(part.id, target.checked)}
            />
          </li>
        ))}
      </ul>
      {bared.length > 0 ? (
        <Notice tone="warn" className="mt-3" title={`No good example left of ${bared.join(', ')}`}>
          Keep one of each, or see on dev whether its description is enough.
        </Notice>
      ) : null}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <NewDraft project={project} version={version} exampleIds={exampleIds} />
        <span className="text-[13px] text-muted tabular-nums">
          saves {count(tokens)} tokens a case
        </span>
      </div>
    </Card>
  )
}

type NewDraftProps = { project: string; version: VersionView; exampleIds: string[] }

function NewDraft({ project, version, exampleIds }: NewDraftProps) {
  const router = useRouter()
  const create = useCreateDraft(project)
  const discard = useDiscardDraft(project)
  const n = exampleIds.length
  const examples = n === 1 ? '1 example' : `${n} examples`
  const back = `/projects/${project}/versions/${version.number ?? version.id}/examples`
  // The toast outlives this page, and with it what a mutation would call back.
  function undo(id: string) {
    discard.mutateAsync(id).then(() => router.push(back), showError)
  }
  return (
    <Button
      variant="primary"
      disabled={n === 0}
      busy={create.isPending}
      onClick={() =>
        create.mutate(
          {
            parentId: version.id,
            note: `${nameVersion(version)} without ${examples}`,
            switchOff: exampleIds,
          },
          {
            onSuccess: ({ id }) => {
              toast(`New draft without ${examples}`, {
                action: { label: 'Undo', onClick: () => undo(id) },
              })
              router.push(`/projects/${project}/versions/${id}/trial`)
            },
            onError: showError,
          },
        )
      }
    >
      New draft without {examples}
    </Button>
  )
}

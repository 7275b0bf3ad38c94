import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { newId } from '@/lib/platform/ids'
import { bulkCasesQuery, useConfirmBulk } from '@/lib/reviews/bulk/queries'
import { sampleSize } from '@/lib/reviews/bulk/rules'
import type { BulkCase, BulkCategory } from '@/lib/reviews/bulk/schema'
import { CaseGroup } from './case-group'

type CaseGridProps = { project: string; category: BulkCategory }

/** Waiting cases of one predicted category, those alike together; chosen by the case or by the group. */
export function CaseGrid({ project, category }: CaseGridProps) {
  const query = useQuery(bulkCasesQuery(project, category.labelId))
  return (
    <Card
      title={`Predicted as ${category.label}`}
      description="Cases that read alike stand together. Leave out what looks odd: it goes on to ordinary review."
    >
      <Loaded query={query}>
        {({ groups }) =>
          groups.length === 0 ? (
            <p className="text-muted">No example case waits with this prediction.</p>
          ) : (
            <Chooser {...{ project, category, groups }} />
          )
        }
      </Loaded>
    </Card>
  )
}

function Chooser({ project, category, groups }: CaseGridProps & { groups: BulkCase[][] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [id, setId] = useState(newId)
  const confirm = useConfirmBulk(project)
  const cases = groups.flat().filter(({ caseId }) => chosen.has(caseId))

  function choose(items: readonly BulkCase[], on: boolean) {
    const next = new Set(chosen)
    for (const { caseId } of items) {
      if (on) next.add(caseId)
      else next.delete(caseId)
    }
    setChosen(next)
    // Another choice is another confirmation; the same one sent again is not.
    setId(newId())
  }

  function send() {
    const wanted = cases.map(({ caseId, suggestionId }) => ({ caseId, suggestionId }))
    confirm.mutate(
      { id, labelId: category.labelId, cases: wanted },
      {
        onSuccess: ({ confirmed, sampled }) => {
          setChosen(new Set())
          setId(newId())
          toast.success(`${count(confirmed)} confirmed as ${category.label}`, {
            description: `${count(sampled)} drawn at random ${sampled === 1 ? 'goes' : 'go'} to ordinary review.`,
          })
        },
        onError: showError,
      },
    )
  }

  const enough = cases.length >= 2
  const alike = groups.filter(({ length }) => length > 1)
  const others = groups.filter(({ length }) => length === 1).flat()
  return (
    <div className="grid gap-5">
      {alike.map((group, at) => (
        <CaseGroup
          key={group[0]?.caseId ?? at}
          project={project}
          group={group}
          name={`All ${count(group.length)} alike`}
          chosen={chosen}
          onChoose={choose}
        />
      ))}
      {others.length > 0 ? (
        <CaseGroup
          project={project}
          group={others}
          name={
            alike.length > 0 ? `All ${count(others.length)} others` : `All ${count(others.length)}`
          }
          chosen={chosen}
          onChoose={choose}
        />
      ) : null}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-surface px-4 py-3 sm:-mx-5 sm:px-5">
        <Button
          variant="primary"
          busy={confirm.isPending}
          // Not `disabled`: nothing is chosen once it is done, and the focus would be gone.
          aria-disabled={!enough || confirm.isPending}
          onClick={() => {
            if (enough) send()
          }}
        >
          Confirm {count(cases.length)} as {category.label}
        </Button>
        <p role="status" className="text-[13px] text-muted">
          {enough
            ? `${count(sampleSize(cases.length))} of them, drawn at random, ${sampleSize(cases.length) === 1 ? 'goes' : 'go'} to ordinary review instead.`
            : 'Choose at least two cases.'}
        </p>
      </div>
    </div>
  )
}

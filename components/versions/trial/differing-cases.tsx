'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { trialCasesQuery } from '@/lib/versions/trials/queries'
import type { DifferingCase, Side } from '@/lib/versions/trials/schema'
import { CaseList } from '../case-list'

const SIDES = {
  broken: { title: 'Broken', tone: 'bad', empty: 'No case that was right is wrong now.' },
  fixed: { title: 'Fixed', tone: 'good', empty: 'No case that was wrong is right now.' },
} as const

type DifferingCasesProps = {
  project: string
  version: string
  /** Ids of the two runs compared. */
  runs: readonly string[]
  side: Side
  /** How many there are, of the chosen category where one is chosen. */
  total: number
  category: { id: string; name: string } | null
  onShowAll: () => void
  labelOf: ReadonlyMap<string, string>
}

/** Case by case what one side got right and the other did not, a page at a time. */
export function DifferingCases(props: DifferingCasesProps) {
  const { project, version, runs, side, total, category, onShowAll, labelOf } = props
  const { title, tone, empty } = SIDES[side]
  const nameOf = (id: string | null) =>
    id === null ? 'no valid label' : (labelOf.get(id) ?? 'a former category')
  const tell = ({ labelId, oldLabelId, newLabelId }: DifferingCase) =>
    side === 'broken'
      ? `should be ${nameOf(labelId)}, now ${nameOf(newLabelId)}`
      : `${nameOf(labelId)}, was ${nameOf(oldLabelId)}`
  const choice = { side, category: category?.id ?? null, runs }
  const query = useInfiniteQuery({
    ...trialCasesQuery(project, version, choice),
    enabled: total > 0,
  })
  const cases = total === 0 ? [] : (query.data?.pages.flatMap((page) => page.cases) ?? [])
  return (
    <Card
      title={
        <>
          {title} <Badge tone={total > 0 ? tone : 'neutral'}>{count(total)}</Badge>
        </>
      }
      action={
        category ? (
          <Button size="sm" onClick={onShowAll}>
            {category.name} only: show all
          </Button>
        ) : null
      }
    >
      {total === 0 ? <p className="text-[13px] text-muted">{empty}</p> : null}
      <CaseList
        project={project}
        label={title}
        query={query}
        cases={cases}
        total={total}
        tell={tell}
      />
    </Card>
  )
}

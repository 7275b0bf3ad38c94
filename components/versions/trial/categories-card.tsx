'use client'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import { count, interval, percent } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { Side, TrialResult } from '@/lib/versions/trials/schema'
import { IntervalChart } from './interval-chart'
import type { Names } from './trial-progress'

type CategoriesCardProps = {
  result: TrialResult
  target: number
  names: Names
  /** The category that the lists of cases show alone; null for all. */
  chosen: string | null
  onChoose: (categoryId: string | null, side: Side) => void
}

/** Accuracy of both on dev: over all cases, and category by category. */
export function CategoriesCard(props: CategoriesCardProps) {
  const { result, target, names, chosen, onChoose } = props
  const { exact, countingCloseCalls } = result
  const parent = names.parent ?? 'parent'
  const sides = [
    { name: parent, exact: exact.parent, close: countingCloseCalls.parent, accent: false },
    { name: names.draft, exact: exact.draft, close: countingCloseCalls.draft, accent: true },
  ]
  return (
    <Card title="Accuracy on dev, with 95 % interval">
      <IntervalChart
        target={target}
        rows={sides.map(({ name, exact: figure, accent }) => ({ name, figure, accent }))}
      />
      <div className="mt-3 grid gap-4">
        <Table label="Accuracy of both">
          <TableHead>
            <TableRow>
              <TableHeader>Version</TableHeader>
              <TableHeader numeric>exact</TableHeader>
              <TableHeader numeric>95 % interval</TableHeader>
              <TableHeader numeric className="max-sm:whitespace-normal">
                counting close calls
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {sides.map((side) => (
              <TableRow key={side.name}>
                <TableCell>{side.name}</TableCell>
                <TableCell numeric>
                  {percent(side.exact.rate)}{' '}
                  <span className="text-muted">
                    {count(side.exact.right)}/{count(side.exact.n)}
                  </span>
                </TableCell>
                <TableCell numeric>{interval(side.exact.low, side.exact.high)}</TableCell>
                <TableCell numeric>{percent(side.close.rate)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <Table label="Accuracy by category">
          <TableHead>
            <TableRow>
              <TableHeader>Category</TableHeader>
              <TableHeader numeric>cases</TableHeader>
              <TableHeader numeric>{parent}</TableHeader>
              <TableHeader numeric>{names.draft}</TableHeader>
              <TableHeader numeric>fixed</TableHeader>
              <TableHeader numeric>broken</TableHeader>
              <TableHeader>
                <span className="sr-only">Verdict</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {result.categories.map((category) => (
              <TableRow key={category.categoryId}>
                <TableCell>{category.name}</TableCell>
                <TableCell numeric>{count(category.n)}</TableCell>
                <TableCell numeric>{percent(category.parentRight / category.n, 0)}</TableCell>
                <TableCell numeric>{percent(category.draftRight / category.n, 0)}</TableCell>
                {(['fixed', 'broken'] as const).map((side) => (
                  <TableCell key={side} numeric>
                    <CasesButton
                      side={side}
                      category={category}
                      chosen={chosen === category.categoryId}
                      onChoose={onChoose}
                    />
                  </TableCell>
                ))}
                <TableCell className="whitespace-nowrap text-muted">
                  <Verdict verdict={category.verdict} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  )
}

type CasesButtonProps = {
  side: Side
  category: TrialResult['categories'][number]
  chosen: boolean
  onChoose: CategoriesCardProps['onChoose']
}

/** A number that shows the cases behind it; pressed again, all cases. */
function CasesButton({ side, category, chosen, onChoose }: CasesButtonProps) {
  const cases = side === 'fixed' ? category.onlyNew : category.onlyOld
  if (cases === 0) return <span className="px-1.5">0</span>
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={`${cases} ${side} in ${category.name}`}
      className={cx(
        'link -my-1 min-w-6 rounded px-1.5 py-1 text-right',
        chosen && 'bg-accent-soft font-semibold',
      )}
      onClick={() => onChoose(chosen ? null : category.categoryId, side)}
    >
      {count(cases)}
    </button>
  )
}

type CategoryVerdict = TrialResult['categories'][number]['verdict']

function Verdict({ verdict }: { verdict: CategoryVerdict }) {
  if (verdict === 'better') return <Badge tone="good">better</Badge>
  if (verdict === 'worse') return <Badge tone="bad">worse</Badge>
  return verdict === 'too few to tell' ? 'too few to tell' : 'cannot tell'
}

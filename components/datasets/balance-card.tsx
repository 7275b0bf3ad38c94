import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import { count } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { CategoryBalance, LabelSource, TrainingDataView } from '@/lib/datasets/schema'

const SOURCES: Record<LabelSource, { name: string; colour: string }> = {
  imported: { name: 'Imported', colour: 'bg-control' },
  review: { name: 'One review', colour: 'bg-accent' },
  agreement: { name: 'Agreement', colour: 'bg-good' },
  settled: { name: 'Settled', colour: 'bg-warn' },
}
const LABEL_SOURCES = Object.keys(SOURCES) as LabelSource[]

/** Final labels of each category against the target, and where they come from. */
export function BalanceCard({ training }: { training: TrainingDataView }) {
  const { categories, targetPerCategory: target } = training
  // A category beyond the target still fits its bar.
  const longest = Math.max(target, ...categories.map(({ n }) => n))
  return (
    <Card
      title="Balance"
      description={`Final labels of each ${training.categoryWord} against the target of ${count(target)}, by where the label comes from.`}
    >
      <Table label="Final labels by category and source">
        <TableHead>
          <TableRow>
            <TableHeader>
              <span className="inline-block first-letter:uppercase">{training.categoryWord}</span>
            </TableHeader>
            <TableHeader numeric>Labels</TableHeader>
            <TableHeader className="w-full min-w-40">
              {longest > target ? (
                'The line marks the target'
              ) : (
                <span className="sr-only">Bar</span>
              )}
            </TableHeader>
            {LABEL_SOURCES.map((source) => (
              <TableHeader key={source} numeric>
                <span className="inline-flex items-center gap-1.5">
                  <span className={cx('size-2 rounded-full', SOURCES[source].colour)} aria-hidden />
                  {SOURCES[source].name}
                </span>
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {categories.map((category) => (
            <BalanceRow key={category.id} category={category} target={target} longest={longest} />
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}

type BalanceRowProps = { category: CategoryBalance; target: number; longest: number }

function BalanceRow({ category, target, longest }: BalanceRowProps) {
  const { name, n, bySource, archived } = category
  return (
    <TableRow>
      <TableHeader scope="row" className="align-middle text-ink">
        {name} {archived ? <Badge>archived</Badge> : null}
      </TableHeader>
      <TableCell numeric className="align-middle">
        <span className="font-medium">{count(n)}</span>{' '}
        <span className="text-muted">of {count(target)}</span>
      </TableCell>
      <TableCell className="align-middle">
        <div className="relative h-2.5 w-full overflow-hidden rounded-full bg-sunken" aria-hidden>
          <div className="flex h-full">
            {LABEL_SOURCES.map((source) => (
              <div
                key={source}
                className={SOURCES[source].colour}
                style={{ width: `${(bySource[source] / longest) * 100}%` }}
              />
            ))}
          </div>
          {longest > target ? (
            <div
              className="absolute inset-y-0 w-0.5 bg-ink"
              style={{ left: `${(target / longest) * 100}%` }}
            />
          ) : null}
        </div>
      </TableCell>
      {LABEL_SOURCES.map((source) => (
        <TableCell
          key={source}
          numeric
          className={cx('align-middle', bySource[source] === 0 && 'text-muted')}
        >
          {count(bySource[source])}
        </TableCell>
      ))}
    </TableRow>
  )
}

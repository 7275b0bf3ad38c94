'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { count, money } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import { spendingQuery } from '@/lib/runs/spending/queries'
import type { Spending } from '@/lib/runs/spending/schema'
import { FigureList } from './figure-list'

const NAMES: Record<Spending['parts'][number]['for'], string> = {
  runs: 'Runs',
  experiments: 'Experiments',
  judges: 'Judges',
  one_by_one: 'One by one',
  effects: 'What examples do',
  asides: 'Tries and drafts',
}

/** What the project has spent in all; nothing while nothing was asked. */
export function SpendingCard({ project }: { project: string }) {
  const { data } = useQuery(spendingQuery(project))
  if (!data || data.parts.length === 0) return null
  const unpriced = data.parts.reduce((sum, part) => sum + part.unpriced, 0)
  return (
    <Card
      title="Spent in all"
      description={
        <>Also on what was stopped, or deleted since. {data.standIn ? <StandIn /> : null}</>
      }
    >
      <FigureList
        figures={[
          {
            name: 'Total',
            value: money(data.total),
            note: unpriced === 0 ? null : 'and what is not known',
          },
          ...data.parts.map((part) => ({
            name: NAMES[part.for],
            value: money(part.cost),
            note: part.unpriced === 0 ? null : `price of ${count(part.unpriced)} not known`,
          })),
        ]}
      />
    </Card>
  )
}

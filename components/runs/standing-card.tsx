'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { count, money } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { labelDeskQuery } from '@/lib/runs/standing/queries'
import type { StandingRun } from '@/lib/runs/standing/schema'

/** What was labelled one by one, which is no run that begins and ends; nothing while nothing was. */
export function StandingCard({ project }: { project: string }) {
  const { data } = useQuery(labelDeskQuery(project))
  if (!data || data.standing.length === 0) return null
  return (
    <Card
      title="Labelled one by one"
      description="Cases that were labelled as they arrived. They are kept like those of a run, count in no test and in no accuracy on dev, and such a run never ends."
    >
      <ul className="grid gap-1">
        {data.standing.map((standing) => (
          <li key={`${standing.versionNumber} ${standing.standIn}`}>
            <Line {...standing} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Line({ versionNumber, standIn, cases, cost, lastAt }: StandingRun) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 tabular-nums">
      <span>
        <span className="font-medium">v{versionNumber}</span> has labelled {count(cases)}{' '}
        {cases === 1 ? 'case' : 'cases'} for{' '}
        {cost === null ? 'a cost that is not known' : money(cost)}
        {lastAt ? (
          <>
            , asked last <Time iso={lastAt} />
          </>
        ) : null}
        .
      </span>
      {standIn ? <StandIn /> : null}
    </span>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { duration, interval, percent } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { ROLE_NAMES } from '@/lib/platform/access'
import { reviewersQuery } from '@/lib/reviews/people/queries'
import type { ReviewerView } from '@/lib/reviews/people/schema'
import { DriftBadge } from './drift-badge'
import { TrainingState } from './training-state'

export function ReviewersCard({ project }: { project: string }) {
  const query = useQuery(reviewersQuery(project))
  return (
    <Card
      title="Reviewers"
      description="How often each person is right on check cases, says the same of a case asked again weeks later, and how long a case takes."
    >
      <Loaded query={query}>
        {(people) =>
          people.length === 0 ? (
            <Empty title="Nobody labels cases yet">Add reviewers in the settings.</Empty>
          ) : (
            <Reviewers project={project} people={people} />
          )
        }
      </Loaded>
      <details className="mt-3 text-[13px] text-muted">
        <summary className="cursor-pointer">How is this computed?</summary>
        <p className="mt-1 max-w-prose">
          First answers count; a second choice of the known answer is right too. Ranges are 95 %
          Wilson intervals. What was answered in practice is left out once it is over. The alarm is
          a CUSUM that tells 85 % right from 95 %, at 4.605; it starts over after each alarm. Time
          is the median of the last 500 timed answers, hidden and idle time left out, without check
          cases and repeats.
        </p>
      </details>
    </Card>
  )
}

function Reviewers({ project, people }: { project: string; people: readonly ReviewerView[] }) {
  return (
    <Table label="How each person answers">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader numeric>Right on check cases</TableHeader>
          <TableHeader numeric>Same answer again</TableHeader>
          <TableHeader numeric>Time per case</TableHeader>
          <TableHeader>Practice</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.userId}>
            <TableHeader scope="row" className="min-w-32 align-top">
              <span className="block text-ink">{person.name}</span>
              <span className="block font-normal text-xs">{ROLE_NAMES[person.role]}</span>
            </TableHeader>
            <TableCell numeric>
              <Share figure={person.checks} />
              <DriftBadge drift={person.drift} />
            </TableCell>
            <TableCell numeric>
              <Share figure={person.consistency} />
            </TableCell>
            <TableCell numeric>
              {duration(person.seconds === null ? null : person.seconds * 1_000)}
            </TableCell>
            <TableCell>
              <TrainingState project={project} person={person} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Share({ figure: { right, n, rate, low, high } }: { figure: ReviewerView['checks'] }) {
  if (n === 0) return <span className="text-muted">none yet</span>
  return (
    <>
      <span className="font-medium">{percent(rate)}</span>
      <span className="block text-muted text-xs">
        {right} of {n} · {interval(low, high)}
      </span>
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Table, TableBody, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { checksQuery } from '@/lib/reviews/checks/managing/queries'
import type { CheckList } from '@/lib/reviews/checks/managing/schema'
import { AddChecksForm } from './add-checks-form'
import { CheckRow } from './check-row'

export function ChecksCard({ project }: { project: string }) {
  const query = useQuery(checksQuery(project))
  return (
    <Card
      title="Check cases"
      description="Cases whose answer is known, mixed into everyone’s work: labels that came with a file, that two people agree on, or that someone settled. Whoever sees this list is not asked about them."
      action={
        query.data ? <AddChecksForm project={project} eligible={query.data.eligible} /> : null
      }
    >
      <Loaded query={query}>{(list) => <Checks project={project} list={list} />}</Loaded>
    </Card>
  )
}

function Checks({ project, list: { checks, eligible } }: { project: string; list: CheckList }) {
  if (checks.length === 0) {
    return (
      <Empty title="No check cases yet">
        {eligible > 0
          ? 'Add some above, or open a case that shows well what a category means and choose “Use as check case”.'
          : 'No case can become one yet: import cases with known labels, ask for two reviews of each case, or settle disagreements.'}
      </Empty>
    )
  }
  return (
    <>
      <Table label="All check cases" long>
        <TableHead>
          <TableRow>
            <TableHeader>Case</TableHeader>
            <TableHeader>Known answer</TableHeader>
            <TableHeader numeric>Right</TableHeader>
            <TableHeader>Reason shown afterwards</TableHeader>
            <TableHeader>
              <span className="sr-only">Change</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {checks.map((check) => (
            <CheckRow key={check.caseId} project={project} check={check} />
          ))}
        </TableBody>
      </Table>
      <p className="mt-3 text-[13px] text-muted">
        {count(checks.length)} {checks.length === 1 ? 'check case' : 'check cases'}.{' '}
        {count(eligible)} more {eligible === 1 ? 'case' : 'cases'} could become one.
      </p>
    </>
  )
}

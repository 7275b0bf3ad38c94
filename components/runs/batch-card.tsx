import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { BATCH_WORDS, hasEnded, sumJobs } from '@/lib/runs/batches/rules'
import type { BatchJobView, BatchStatus } from '@/lib/runs/batches/schema'

const TONES: Record<BatchStatus, Tone> = {
  waiting: 'neutral',
  submitted: 'neutral',
  validating: 'neutral',
  scheduled: 'neutral',
  in_progress: 'accent',
  completed: 'good',
  partially_completed: 'warn',
  failed: 'bad',
  stopping: 'warn',
  stopped: 'warn',
  expired: 'warn',
}

/** Columns for which a telephone has no room: there the figures stand below the status. */
const WIDE = 'hidden md:table-cell'

/** How the batch jobs of a run go, a line for each. */
export function BatchCard({ jobs }: { jobs: readonly BatchJobView[] }) {
  const { records, processed } = sumJobs(jobs)
  return (
    <Card
      title="Batch jobs"
      description="At the price of batch jobs, without the prompt cache. Answers come in when a job has ended."
      action={
        records > 0 ? (
          <span className="tabular-nums">
            {count(processed)} of {count(records)} records
            <span className="text-muted"> · {percent(processed / records, 0)}</span>
          </span>
        ) : null
      }
    >
      {jobs.length === 0 ? (
        <p className="text-muted">The cases are being put into records.</p>
      ) : (
        <>
          <Progress value={processed} max={records} label="Records asked" className="mb-4 h-2" />
          <Table label="Batch jobs">
            <TableHead>
              <TableRow>
                <TableHeader>Job</TableHeader>
                <TableHeader>Status</TableHeader>
                <TableHeader numeric className={WIDE}>
                  Records
                </TableHeader>
                <TableHeader numeric className={WIDE}>
                  Answered
                </TableHeader>
                <TableHeader numeric className={WIDE}>
                  Failed
                </TableHeader>
                <TableHeader className={`${WIDE} pl-5`}>Submitted</TableHeader>
                <TableHeader className={WIDE}>Ended</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {jobs.map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </TableBody>
          </Table>
        </>
      )}
    </Card>
  )
}

function JobRow({ job }: { job: BatchJobView }) {
  const { name, meaning } = BATCH_WORDS[job.status]
  const fetching = hasEnded(job.status) && job.fetchedAt === null
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">
        {job.part}
        <span className="block font-mono text-muted text-xs">{job.awsId ?? 'no id yet'}</span>
      </TableCell>
      <TableCell className="w-full md:w-auto md:min-w-56">
        <Badge tone={TONES[job.status]}>{name}</Badge>
        <span className="mt-1 block text-muted text-xs">
          {fetching ? 'Its answers are being brought in.' : meaning}
        </span>
        <span className="mt-1 block text-xs tabular-nums md:hidden">
          {count(job.succeeded)} of {count(job.records)} answered, {count(job.failed)} failed
          {job.submittedAt ? (
            <span className="block text-muted">
              Submitted <Time iso={job.submittedAt} />
              {job.endedAt ? (
                <>
                  , ended <Time iso={job.endedAt} />
                </>
              ) : null}
            </span>
          ) : null}
        </span>
        {job.message ? <span className="mt-1 block break-words text-xs">{job.message}</span> : null}
        {job.errors.length > 0 ? (
          <ul
            className="mt-1 grid gap-0.5 text-muted text-xs"
            aria-label="Records without an answer"
          >
            {job.errors.map(({ cause, records }) => (
              <li key={cause} className="break-words">
                {count(records)} × {cause}
              </li>
            ))}
          </ul>
        ) : null}
      </TableCell>
      <TableCell numeric className={WIDE}>
        {count(job.records)}
      </TableCell>
      <TableCell numeric className={WIDE}>
        {count(job.succeeded)}
      </TableCell>
      <TableCell numeric className={WIDE}>
        {count(job.failed)}
      </TableCell>
      <TableCell className={`${WIDE} whitespace-nowrap pl-5`}>
        {job.submittedAt ? <Time iso={job.submittedAt} /> : '–'}
      </TableCell>
      <TableCell className={`${WIDE} whitespace-nowrap`}>
        {job.endedAt ? <Time iso={job.endedAt} /> : '–'}
      </TableCell>
    </TableRow>
  )
}

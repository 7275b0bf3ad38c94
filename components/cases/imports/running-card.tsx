import { Card } from '@/components/ui/card'
import { count, duration } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import type { ImportDetail } from '@/lib/cases/imports/schema'
import { megabytes } from './bytes'

export function RunningCard({ detail }: { detail: ImportDetail }) {
  const { bytes, bytesRead, rows, startedAt } = detail
  const ms = startedAt ? Date.now() - Date.parse(startedAt) : 0
  const left = bytesRead > 0 ? (ms / bytesRead) * (bytes - bytesRead) : null
  const rate = ms > 0 ? rows / (ms / 1_000) : 0
  return (
    <Card title="Importing" description="You may leave this page: the work goes on.">
      <div className="grid gap-2">
        <Progress value={bytesRead} max={bytes} label="File read" />
        <p className="text-[13px] text-muted tabular-nums" suppressHydrationWarning>
          {megabytes(bytesRead)} of {megabytes(bytes)} · {count(rows)} rows
          {bytesRead >= bytes && bytes > 0
            ? ' · writing the cases'
            : ` · ${count(rate)} rows a second${left === null ? '' : ` · ${duration(left)} left`}`}
        </p>
      </div>
    </Card>
  )
}

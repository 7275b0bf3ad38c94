import { count, percent } from '@/components/ui/figures'
import { isEnded, RUN_STATUS_WORDS } from '@/lib/runs/rules'
import type { RunView } from '@/lib/runs/schema'

/**
 * Progress for those who hear it: one sentence for each tenth of the way, as a live region speaks
 * whenever its text changes.
 */
export function ProgressNews({ run }: { run: RunView }) {
  const ended = run.done + run.failed
  const tenths = run.items === 0 ? 0 : Math.floor((ended / run.items) * 10)
  const status = RUN_STATUS_WORDS[run.status]
  const news = isEnded(run.status)
    ? `${status}: ${count(ended)} of ${count(run.items)} cases, ${count(run.failed)} failed.`
    : run.finishing
      ? `${status}. Calls on their way are being finished.`
      : // What stands still is said as it is shown.
        `${status}: ${run.status === 'paused' ? percent(run.items ? ended / run.items : 0, 0) : `${tenths * 10} %`} of ${count(run.items)} cases.`
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  )
}

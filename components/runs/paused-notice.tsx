import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { findLimitReached, readLimitPassed } from '@/lib/runs/limits/rules'
import type { RunView } from '@/lib/runs/schema'
import { RaiseLimit } from './raise-limit'

type PausedNoticeProps = { project: string; run: RunView; canRun: boolean }

/** Why nothing is asked, and where a limit is the cause, the way past it. */
export function PausedNotice({ project, run, canRun }: PausedNoticeProps) {
  const reached = findLimitReached(run) ?? readLimitPassed(run.message)
  return (
    <Notice tone="warn" title={run.message ?? 'Paused.'}>
      <div className="grid gap-3">
        <p>{describeKept(run)}</p>
        {canRun && reached ? <RaiseLimit project={project} run={run} limit={reached} /> : null}
      </div>
    </Notice>
  )
}

function describeKept({ done, failed, finishing }: RunView): string {
  const labelled = done + failed
  if (finishing) {
    return `Calls on their way are being finished: what they bring is kept. ${labelled === 1 ? '1 case is' : `${count(labelled)} cases are`} labelled so far.`
  }
  if (labelled === 0) return 'Nothing has been labelled yet.'
  if (labelled === 1) return 'The 1 case that was labelled is kept.'
  return `The ${count(labelled)} cases that were labelled are kept.`
}

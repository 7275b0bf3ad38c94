import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { canGoOn } from '@/lib/runs/control/rules'
import type { RunView } from '@/lib/runs/schema'
import { GoOnButton } from './go-on-button'

type FailedNoticeProps = { project: string; run: RunView; canRun: boolean }

/** Why a run has failed; once that is mended it goes on from where it was. */
export function FailedNotice({ project, run, canRun }: FailedNoticeProps) {
  const left = run.items - run.done - run.failed
  return (
    <Notice
      tone="bad"
      title="The run has failed"
      action={canRun && canGoOn(run) ? <GoOnButton project={project} runId={run.id} /> : null}
    >
      <p className="break-words">{run.message}</p>
      {canGoOn(run) ? (
        <p>
          What was labelled is kept, and {left === 1 ? '1 case is' : `${count(left)} cases are`}{' '}
          left.
        </p>
      ) : null}
    </Notice>
  )
}

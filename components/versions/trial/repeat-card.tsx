'use client'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { StandIn } from '@/components/ui/stand-in'
import { useOnce } from '@/components/ui/use-once'
import type { VersionView } from '@/lib/versions/schema'
import { useStartTrial } from '@/lib/versions/trials/queries'
import { describeRepeat, isUnderWay } from '@/lib/versions/trials/rules'
import type { TrialRun, TrialView } from '@/lib/versions/trials/schema'

type RepeatCardProps = {
  project: string
  version: VersionView
  trial: TrialView
  /** The draft's finished run. */
  run: TrialRun
  mayRun: boolean
}

/** How much of a difference is chance between two identical runs. */
export function RepeatCard({ project, version, trial, run, mayRun }: RepeatCardProps) {
  const start = useStartTrial(project)
  const once = useOnce()
  const { repeatRun, draftFlips } = trial
  const atWork = repeatRun !== null && ['queued', 'running', 'stopping'].includes(repeatRun.status)
  const broken = repeatRun?.status === 'failed' || repeatRun?.status === 'stopped'
  const again = { versionIds: [version.id], limit: run.caseLimit }
  const offered = mayRun && run.current && !draftFlips && !isUnderWay(trial)
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          Chance between identical runs {draftFlips && run.standIn ? <StandIn /> : null}
        </span>
      }
      description={describeRepeat(trial, run)}
      action={
        offered ? (
          <Button
            busy={start.isPending}
            onClick={() =>
              once((free) => start.mutate(again, { onError: showError, onSettled: free }))
            }
          >
            Run it again
          </Button>
        ) : null
      }
    >
      {atWork ? (
        <div className="grid gap-2 text-[13px]">
          <p>
            Labelling the same cases again: {count(repeatRun.done)} of {count(repeatRun.items)}
          </p>
          <Progress
            value={repeatRun.done}
            max={repeatRun.items}
            label="Labelling the same cases again"
          />
        </div>
      ) : null}
      {broken && !draftFlips ? (
        <p className="text-[13px] text-muted">
          The last repeat {repeatRun.status === 'failed' ? 'failed' : 'was stopped'}: it can’t be
          compared. The trial itself is as it was.
        </p>
      ) : null}
    </Card>
  )
}

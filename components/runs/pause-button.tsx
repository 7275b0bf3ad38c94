'use client'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { usePauseRun, useResumeRun } from '@/lib/runs/queries'
import type { RunView } from '@/lib/runs/schema'

type PauseButtonProps = { project: string; run: Pick<RunView, 'id' | 'status'> }

/** Pauses a run, and lets a paused one go on: the one is undone by the other. */
export function PauseButton({ project, run }: PauseButtonProps) {
  const pause = usePauseRun(project)
  const resume = useResumeRun(project)
  if (run.status === 'paused') {
    return (
      <Button
        variant="primary"
        busy={resume.isPending}
        onClick={() => resume.mutate({ runId: run.id }, { onError: showError })}
      >
        Go on
      </Button>
    )
  }
  if (run.status === 'stopping') return null
  return (
    <Button busy={pause.isPending} onClick={() => pause.mutate(run.id, { onError: showError })}>
      Pause
    </Button>
  )
}

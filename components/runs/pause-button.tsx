'use client'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { usePauseRun, useResumeRun } from '@/lib/runs/queries'
import type { RunView } from '@/lib/runs/schema'

type PauseButtonProps = {
  project: string
  run: Pick<RunView, 'id' | 'status'>
  /** It has paused at a limit: the way on is to raise that, beside the words that say so. */
  isAtLimit?: boolean
}

/** Pauses a run, and lets a paused one go on: the one is undone by the other. */
export function PauseButton({ project, run, isAtLimit = false }: PauseButtonProps) {
  const pause = usePauseRun(project)
  const resume = useResumeRun(project)
  if (run.status === 'paused') {
    if (isAtLimit) return null
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

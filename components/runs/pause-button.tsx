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

/** Pauses a run, and lets a paused one go on: one button for both, so that the focus stays where it is. */
export function PauseButton({ project, run, isAtLimit = false }: PauseButtonProps) {
  const pause = usePauseRun(project)
  const resume = useResumeRun(project)
  const paused = run.status === 'paused'
  if (run.status === 'stopping' || (paused && isAtLimit)) return null
  return (
    <Button
      variant={paused ? 'primary' : 'secondary'}
      busy={pause.isPending || resume.isPending}
      onClick={() => {
        if (paused) resume.mutate({ runId: run.id }, { onError: showError })
        else pause.mutate(run.id, { onError: showError })
      }}
    >
      {paused ? 'Go on' : 'Pause'}
    </Button>
  )
}

'use client'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { usePauseRun } from '@/lib/runs/queries'
import type { RunView } from '@/lib/runs/schema'
import { GoOnButton } from './go-on-button'

type PauseButtonProps = {
  project: string
  run: Pick<RunView, 'id' | 'status'>
  /** It has paused at a limit: the way on is to raise that, beside the words that say so. */
  isAtLimit?: boolean
}

/** Pauses a run, and lets a paused one go on: the one is undone by the other. */
export function PauseButton({ project, run, isAtLimit = false }: PauseButtonProps) {
  const pause = usePauseRun(project)
  if (run.status === 'paused') {
    if (isAtLimit) return null
    return <GoOnButton project={project} runId={run.id} variant="primary" />
  }
  if (run.status === 'stopping') return null
  return (
    <Button busy={pause.isPending} onClick={() => pause.mutate(run.id, { onError: showError })}>
      Pause
    </Button>
  )
}

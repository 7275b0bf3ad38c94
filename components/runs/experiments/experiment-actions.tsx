'use client'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useContinueExperiment, useStopExperiment } from '@/lib/runs/experiments/queries'
import { isAtWork } from '@/lib/runs/experiments/rules'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { ExperimentMenu } from './experiment-menu'

/** Stopping needs no question: what was answered is kept, and what is missing can be run again. */
export function ExperimentActions({ project, view }: { project: string; view: ExperimentView }) {
  const stop = useStopExperiment(project, view.id)
  const goOn = useContinueExperiment(project, view.id)
  if (isAtWork(view)) {
    return (
      <Button
        busy={stop.isPending}
        onClick={() =>
          stop.mutate(undefined, {
            onError: showError,
            onSuccess: () => toast('Stopped. Set-ups that are done are kept.'),
          })
        }
      >
        Stop all
      </Button>
    )
  }
  const { ended, paused } = view.runs
  return (
    <>
      {ended + paused === 0 ? null : (
        <Button
          variant="primary"
          busy={goOn.isPending}
          onClick={() => goOn.mutate(undefined, { onError: showError })}
        >
          {paused > 0 ? 'Go on' : 'Run what is missing'}
        </Button>
      )}
      <ExperimentMenu project={project} view={view} />
    </>
  )
}

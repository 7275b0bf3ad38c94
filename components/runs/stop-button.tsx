'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { showError } from '@/components/ui/show-error'
import { useStopRun } from '@/lib/runs/queries'

type StopButtonProps = { project: string; runId: string; stopping: boolean }

export function StopButton({ project, runId, stopping }: StopButtonProps) {
  const [asking, setAsking] = useState(false)
  const stop = useStopRun(project)
  return (
    <>
      <Button busy={stopping} onClick={() => setAsking(true)}>
        {stopping ? 'Stopping' : 'Stop'}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Stop this run?"
        description="Calls on their way are finished, and what is labelled is kept. A stopped run can’t go on."
        footer={
          <>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              Let it run
            </Button>
            <Button
              variant="danger"
              busy={stop.isPending}
              onClick={() =>
                stop.mutate(runId, { onError: showError, onSettled: () => setAsking(false) })
              }
            >
              Stop the run
            </Button>
          </>
        }
      />
    </>
  )
}

'use client'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { Time } from '@/components/ui/time'
import { useRestoreExperiment } from '@/lib/runs/experiments/queries'

type DeletedNoticeProps = { project: string; id: string; archivedAt: string; canRun: boolean }

/** Whoever still has its address, as from one of its runs, finds it and can bring it back. */
export function DeletedNotice({ project, id, archivedAt, canRun }: DeletedNoticeProps) {
  const restore = useRestoreExperiment(project)
  return (
    <Notice
      tone="warn"
      title="This experiment was deleted"
      action={
        canRun ? (
          <Button
            busy={restore.isPending}
            onClick={() => restore.mutate(id, { onError: showError })}
          >
            Bring it back
          </Button>
        ) : null
      }
    >
      On <Time iso={archivedAt} />. It is in no list; its runs and what they cost are kept.
    </Notice>
  )
}

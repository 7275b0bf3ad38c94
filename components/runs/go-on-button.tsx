'use client'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useResumeRun } from '@/lib/runs/queries'

type GoOnButtonProps = { project: string; runId: string; variant?: 'primary' }

export function GoOnButton({ project, runId, variant }: GoOnButtonProps) {
  const resume = useResumeRun(project)
  return (
    <Button
      variant={variant}
      busy={resume.isPending}
      onClick={() => resume.mutate({ runId }, { onError: showError })}
    >
      Go on
    </Button>
  )
}

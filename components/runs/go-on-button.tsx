'use client'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useResumeRun } from '@/lib/runs/queries'

type GoOnButtonProps = { project: string; runId: string }

export function GoOnButton({ project, runId }: GoOnButtonProps) {
  const resume = useResumeRun(project)
  return (
    <Button
      busy={resume.isPending}
      onClick={() => resume.mutate({ runId }, { onError: showError })}
    >
      Go on
    </Button>
  )
}

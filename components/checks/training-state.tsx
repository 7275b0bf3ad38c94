'use client'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useLetIn } from '@/lib/reviews/people/queries'
import type { ReviewerView } from '@/lib/reviews/people/schema'

/** How far a newcomer is with the check cases before real work, and the way past them. */
export function TrainingState({ project, person }: { project: string; person: ReviewerView }) {
  const letIn = useLetIn(project)
  const { training, name, userId } = person
  if (!training) return <span className="text-muted">–</span>
  const { answered, right, wanted, stuck } = training
  return (
    <div className="grid min-w-40 justify-items-start gap-1.5">
      <span>
        {answered < wanted
          ? `${answered} of ${wanted} answered, ${right} right`
          : `${right} of the last ${wanted} right`}
      </span>
      {stuck ? (
        <span className="text-warn">No check case is left: add some, or let them in.</span>
      ) : null}
      <Button
        size="sm"
        busy={letIn.isPending}
        aria-label={`Let ${name} in`}
        onClick={() =>
          letIn.mutate(userId, {
            onError: showError,
            onSuccess: () => toast(`${name} gets real work now`),
          })
        }
      >
        Let in
      </Button>
    </div>
  )
}

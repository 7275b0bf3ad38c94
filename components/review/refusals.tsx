import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Session } from '@/lib/reviews/session/schema'

type RefusalsProps = { session: Session; onDismiss: (id: string) => void }

/** What could not be saved, and why; it stays until it was read. */
export function Refusals({ session, onDismiss }: RefusalsProps) {
  const { refused, failure, outbox } = session
  if (refused.length === 0 && !failure) return null
  return (
    <div className="mx-auto grid w-full max-w-[46rem] gap-2 px-4 pt-4 sm:px-0">
      {failure ? (
        <Notice tone="warn" title="Your answers are kept and will be sent">
          {failure} {outbox.length === 1 ? 'One answer waits' : `${outbox.length} answers wait`} in
          this browser; you can go on.
        </Notice>
      ) : null}
      {refused.map(({ pending, message }) => (
        <Notice
          key={pending.input.id}
          tone="bad"
          title={`Not saved: case ${pending.externalId}`}
          action={
            <Button size="sm" onClick={() => onDismiss(pending.input.id)}>
              Got it
            </Button>
          }
        >
          {message}
        </Notice>
      ))}
    </div>
  )
}

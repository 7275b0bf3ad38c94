import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Session } from '@/lib/reviews/session/schema'

type RefusalsProps = { session: Session; onDismiss: (id: string) => void }

/**
 * What could not be saved, and why; it stays until it was read. It floats, so that the case someone is
 * reading does not move.
 */
export function Refusals({ session, onDismiss }: RefusalsProps) {
  const { refused, failure, outbox } = session
  if (refused.length === 0 && !failure) return null
  return (
    <div className="fixed inset-x-4 top-24 z-30 mx-auto grid max-w-xl gap-2 lg:top-auto lg:right-[26rem] lg:bottom-4">
      {failure ? (
        <Notice tone="warn" className="shadow-float" title="Your answers are kept and will be sent">
          {failure} {outbox.length === 1 ? 'One answer waits' : `${outbox.length} answers wait`} in
          this browser; you can go on.
        </Notice>
      ) : null}
      {refused.map(({ pending, message }) => (
        <Notice
          key={pending.input.id}
          tone="bad"
          className="shadow-float"
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

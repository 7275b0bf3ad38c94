import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { count } from '@/components/ui/figures'
import { openOutbox } from '@/lib/platform/outbox'
import { canSendUnsent, sendUnsent } from '@/lib/platform/unsent'

type SignOutWarningProps = {
  userId: string
  /** How many answers are in this browser alone. */
  unsent: number
  onStay: () => void
  onSignOut: () => void
}

/** Nobody signs out unaware that something of theirs has not reached the server. */
export function SignOutWarning({ userId, unsent, onStay, onSignOut }: SignOutWarningProps) {
  const [left, setLeft] = useState(unsent)
  const [state, setState] = useState<'asked' | 'sending' | 'stuck'>('asked')

  async function sendAndLeave() {
    setState('sending')
    // Where the outbox cannot be read any more, it is said as if nothing had been sent.
    const now = await sendUnsent()
      .then(openOutbox)
      .then((outbox) => outbox.count(userId))
      .catch(() => left)
    if (now === 0) return onSignOut()
    setLeft(now)
    setState('stuck')
  }

  const answers = left === 1 ? '1 answer is' : `${count(left)} answers are`
  const kept =
    left === 1
      ? 'It is kept in this browser for you, and sent when you sign in again here.'
      : 'They are kept in this browser for you, and sent when you sign in again here.'
  return (
    <Dialog
      open
      onOpenChange={onStay}
      title={`${answers} not saved yet`}
      description={state === 'stuck' ? `The server could not be reached. ${kept}` : kept}
      footer={
        <>
          <Button variant="ghost" onClick={onSignOut}>
            Sign out anyway
          </Button>
          <Button onClick={onStay}>Stay</Button>
          {canSendUnsent() ? (
            <Button
              variant="primary"
              data-first-focus
              busy={state === 'sending'}
              onClick={() => void sendAndLeave()}
            >
              Send and sign out
            </Button>
          ) : null}
        </>
      }
    />
  )
}

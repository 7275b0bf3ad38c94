import { AppError } from '@/lib/platform/errors'
import { sendAnswer, sendSkip, sendUndo } from '@/lib/reviews/answers/queries'
import type { Failure, Outcome, Pending } from '@/lib/reviews/session/schema'

/** Worth another try with the same content: the server did not see it, or could not answer. */
const RETRYABLE = new Set(['unavailable', 'internal', 'too_many', 'unauthenticated'])

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** Doubles with every failure. */
export const retryDelay = (failures: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))

/** Sends one thing in the name of its person; what became of it. Never rejects. */
export async function deliver(project: string, person: string, item: Pending): Promise<Outcome> {
  const { id } = item.input
  try {
    if (item.kind === 'answer') {
      const input = { ...item.input, sentAt: new Date().toISOString() }
      const { check, precedents, revealable } = await sendAnswer(project, person, input)
      return { type: 'sent', id, after: { check, precedents, revealable } }
    }
    if (item.kind === 'skip') {
      await sendSkip(project, person, item.input)
      return { type: 'sent', id }
    }
    const returned = await sendUndo(project, person, item.input)
    // A page that knows the case has put it back itself, and may be past it by now.
    return item.assignmentId ? { type: 'sent', id } : { type: 'sent', id, returned }
  } catch (error) {
    const known = error instanceof AppError ? error : null
    const message = known?.message ?? 'The server’s answer was not understood.'
    if (known && !RETRYABLE.has(known.code)) return { type: 'refused', id, message }
    return { type: 'failed', id, why: whyFailed(known), message }
  }
}

function whyFailed(error: AppError | null): Failure['why'] {
  if (error?.code === 'unauthenticated') return 'signed_out'
  return navigator.onLine ? 'unavailable' : 'offline'
}

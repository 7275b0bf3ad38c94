import { AppError } from '@/lib/platform/errors'
import { sendAnswer, sendSkip, sendUndo } from '@/lib/reviews/answers/queries'
import type { Claim } from '@/lib/reviews/queue/schema'
import type { Pending, SessionEvent } from '@/lib/reviews/session/schema'

/** Worth another try with the same content: the server did not see it, or could not answer. */
const RETRYABLE = new Set(['unavailable', 'internal', 'too_many', 'unauthenticated'])

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** Doubles with every failure. */
export const retryDelay = (failures: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))

/** Sends one thing; what became of it. Never throws. */
export async function deliver(
  project: string,
  item: Pending,
): Promise<{ event: SessionEvent; returned?: Claim }> {
  const { id } = item.input
  try {
    if (item.kind === 'answer') {
      const { check, precedents, revealable } = await sendAnswer(project, item.input)
      return { event: { type: 'sent', id, after: { check, precedents, revealable } } }
    }
    if (item.kind === 'skip') await sendSkip(project, item.input)
    if (item.kind === 'undo') {
      const { claim } = await sendUndo(project, item.input)
      // With an id this page has put the case back itself, and may be past it by now.
      if (item.input.reviewId === null) return { event: { type: 'sent', id }, returned: claim }
    }
    return { event: { type: 'sent', id } }
  } catch (error) {
    const known = error instanceof AppError ? error : null
    const message = known?.message ?? 'The server’s answer was not understood.'
    if (known && !RETRYABLE.has(known.code)) return { event: { type: 'refused', id, message } }
    return { event: { type: 'failed', id, message } }
  }
}

import { BATCH_SIZE, LARGEST_BATCH } from '../queue/rules'
import type { Claim } from '../queue/schema'
import type { After, Past, Pending, Session, SessionEvent } from './schema'

/** Answers of one sitting that can be taken back. */
const UNDO_DEPTH = 20

/** Claim more when no more than this many cases are at hand. */
const LOW = 3

const assignmentOf = (pending: Pending): string =>
  pending.kind === 'undo' ? pending.assignmentId : pending.input.assignmentId

/**
 * What was kept in a browser, as far as it can still be sent: an older page, or another program, may
 * have written it. The server checks what it says.
 */
export function readPending(stored: unknown): Pending[] {
  return Array.isArray(stored) ? stored.filter(isPending) : []
}

function isPending(item: unknown): item is Pending {
  if (!holds(item, 'kind', 'externalId', 'input') || !holds(item.input, 'id')) return false
  if (item.kind === 'undo') return holds(item, 'assignmentId')
  return (item.kind === 'answer' || item.kind === 'skip') && holds(item.input, 'assignmentId')
}

/** All of them are there and, but for objects, are text. */
function holds(value: unknown, ...keys: string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Record<string, unknown>
  return keys.every((key) => ['string', 'object'].includes(typeof fields[key]))
}

/** A page's state at first, with what an earlier page could not send. */
export function startSession(unsent: readonly Pending[]): Session {
  return {
    ...{ queue: [], outbox: unsent, failure: null, refused: [], past: [], supply: 'unknown' },
    gone: unsent.filter(({ kind }) => kind !== 'undo').map(assignmentOf),
  }
}

/** How many cases to hold in all, or 0 where there are enough: unsent answers still count as held. */
export function claimsWanted(session: Session): number {
  if (session.supply === 'none' || session.queue.length > LOW) return 0
  return Math.min(LARGEST_BATCH, BATCH_SIZE + 1 + session.outbox.length)
}

/** Everything that happens to the cases at hand and to what waits to be sent. Pure. */
export function nextSession(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'claimed':
      return addClaims(session, event.claims)
    case 'answered': {
      const { pending, thumb } = event
      const claim = find(session, pending.input.assignmentId)
      const past = claim
        ? [
            ...session.past,
            { reviewId: pending.input.id, claim, thumb, labelId: pending.input.labelId },
          ]
        : session.past
      return { ...leave(session, pending), past: past.slice(-UNDO_DEPTH) }
    }
    case 'skipped':
      return leave(session, event.pending)
    case 'taken_back': {
      const { pending } = event
      const taken = session.past.find((past) => past.reviewId === pending.input.reviewId)
      const outbox = [...session.outbox, pending]
      const past = session.past.filter((item) => item !== taken)
      return taken ? putFirst({ ...session, outbox, past }, taken.claim) : { ...session, outbox }
    }
    case 'returned':
      return putFirst(session, event.claim)
    case 'sent':
      return {
        ...session,
        outbox: without(session.outbox, event.id),
        past: tell(session.past, event.id, event.after),
        failure: null,
      }
    case 'failed':
      return isFirst(session, event.id) ? { ...session, failure: event.message } : session
    case 'refused':
      return refuse(session, event.id, event.message)
    case 'retried':
      return { ...session, failure: null }
    case 'read':
      return {
        ...session,
        refused: session.refused.filter(({ pending }) => pending.input.id !== event.id),
      }
    case 'renewed':
      return renew(session, event.leaseUntil, event.lost)
    case 'hoped':
      return { ...session, supply: 'unknown' }
  }
}

function addClaims(session: Session, claims: readonly Claim[]): Session {
  const known = new Set([...session.gone, ...session.queue.map((claim) => claim.assignmentId)])
  const added = claims.filter((claim) => !known.has(claim.assignmentId))
  const leases = new Map(claims.map((claim) => [claim.assignmentId, claim.leaseUntil]))
  const kept = session.queue.map((claim) => {
    const leaseUntil = leases.get(claim.assignmentId)
    // The same object while nothing changed: the case in view is not drawn again.
    return !leaseUntil || leaseUntil === claim.leaseUntil ? claim : { ...claim, leaseUntil }
  })
  return { ...session, queue: [...kept, ...added], supply: added.length > 0 ? 'more' : 'none' }
}

function renew(session: Session, leaseUntil: string | null, lost: readonly string[]): Session {
  const kept = session.queue.filter((claim) => !lost.includes(claim.assignmentId))
  return { ...session, queue: leaseUntil ? kept.map((claim) => ({ ...claim, leaseUntil })) : kept }
}

function leave(session: Session, pending: Pending): Session {
  const assignmentId = assignmentOf(pending)
  const queue = session.queue.filter((claim) => claim.assignmentId !== assignmentId)
  return {
    ...session,
    queue,
    // With the last case gone it is time to look again, whatever was known before.
    supply: queue.length === 0 ? 'unknown' : session.supply,
    outbox: [...session.outbox, pending],
    gone: [...session.gone, assignmentId],
  }
}

function putFirst(session: Session, claim: Claim): Session {
  const { assignmentId } = claim
  return {
    ...session,
    queue: [claim, ...session.queue.filter((item) => item.assignmentId !== assignmentId)],
    gone: session.gone.filter((id) => id !== assignmentId),
  }
}

/** What was refused did not happen: its case may come back with the next batch. */
function refuse(session: Session, id: string, message: string): Session {
  const pending = session.outbox.find((item) => item.input.id === id)
  if (!pending) return session
  const assignmentId = assignmentOf(pending)
  const undo = pending.kind === 'undo'
  return {
    ...session,
    outbox: without(session.outbox, id),
    failure: null,
    refused: [...session.refused, { pending, message }],
    past: session.past.filter((past) => past.reviewId !== id),
    // A refused undo leaves its case answered.
    queue: undo
      ? session.queue.filter((item) => item.assignmentId !== assignmentId)
      : session.queue,
    gone: undo
      ? [...session.gone, assignmentId]
      : session.gone.filter((gone) => gone !== assignmentId),
    supply: 'unknown',
  }
}

const tell = (past: readonly Past[], reviewId: string, after: After | undefined) =>
  after ? past.map((item) => (item.reviewId === reviewId ? { ...item, after } : item)) : past
const find = (session: Session, assignmentId: string) =>
  session.queue.find((claim) => claim.assignmentId === assignmentId)
const without = (outbox: readonly Pending[], id: string) =>
  outbox.filter((item) => item.input.id !== id)
const isFirst = (session: Session, id: string) => session.outbox[0]?.input.id === id

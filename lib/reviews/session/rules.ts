import { BATCH_SIZE, LARGEST_BATCH } from '../queue/rules'
import type { Claim } from '../queue/schema'
import type { Outcome, Pending, Refused, Returned, Session, SessionEvent } from './schema'

/** Answers of one sitting that can be taken back. */
const UNDO_DEPTH = 20

/** Claim more when no more than this many cases are at hand. */
const LOW = 3

const assignmentOf = (pending: Pending): string =>
  pending.kind === 'undo' ? pending.assignmentId : pending.input.assignmentId

/**
 * Whether what was kept in a browser can still be sent: an older page, or another program, may have
 * written it. The server checks what it says.
 */
export function isPending(item: unknown): item is Pending {
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

export function startSession(): Session {
  return {
    ...{ queue: [], outbox: [], failure: null, refused: [], past: [], gone: [], former: {} },
    supply: 'unknown',
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
      const { id, labelId, closeCall, secondLabelId, note } = pending.input
      const said = { reviewId: id, thumb, labelId, closeCall, secondLabelId, note }
      const past = claim ? [...session.past, { claim, ...said }] : session.past
      return { ...leave(session, pending), past: past.slice(-UNDO_DEPTH) }
    }
    case 'skipped':
      return leave(session, event.pending)
    case 'taken_back': {
      const { pending } = event
      const taken = session.past.find((past) => past.reviewId === pending.input.reviewId)
      const outbox = [...session.outbox, pending]
      const past = session.past.filter((item) => item !== taken)
      return taken ? putFirst({ ...session, outbox, past }, taken) : { ...session, outbox }
    }
    case 'sent':
      return confirm(session, event)
    case 'failed':
      return { ...session, failure: { why: event.why, message: event.message } }
    case 'kept':
      return keep(session, event.waiting, event.refused)
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

/** An answer that came back is in hand again, before all others. */
function confirm(session: Session, sent: Extract<Outcome, { type: 'sent' }>): Session {
  const { id, after, returned } = sent
  const outbox = without(session.outbox, id)
  const past = after
    ? session.past.map((item) => (item.reviewId === id ? { ...item, after } : item))
    : session.past
  // What was held for unsent answers is free again, so that there may be more to do.
  const isLast = outbox.length === 0 && session.queue.length === 0
  const supply = isLast ? 'unknown' : session.supply
  const confirmed = { ...session, outbox, past, supply, failure: null }
  return returned ? putFirst(confirmed, returned) : confirmed
}

/** Nothing leaves the outbox by it: only an outcome takes something out. */
function keep(session: Session, waiting: readonly Pending[], refused: readonly Refused[]): Session {
  const known = new Set([
    ...session.outbox.map(({ input }) => input.id),
    ...refused.map(({ pending }) => pending.input.id),
  ])
  const found = waiting.filter(({ input }) => !known.has(input.id))
  const done = new Set(session.gone)
  for (const pending of found) {
    if (pending.kind === 'undo') done.delete(pending.assignmentId)
    else done.add(assignmentOf(pending))
  }
  const queue = session.queue.filter(({ assignmentId }) => !done.has(assignmentId))
  const isSame = queue.length === session.queue.length
  return {
    ...session,
    refused,
    outbox: [...found, ...session.outbox],
    gone: [...done],
    queue: isSame ? session.queue : queue,
  }
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

function putFirst(session: Session, { claim, ...said }: Returned): Session {
  const { assignmentId } = claim
  const { labelId, closeCall, secondLabelId, note } = said
  const former = { labelId, closeCall, secondLabelId, note }
  return {
    ...session,
    former: { ...session.former, [assignmentId]: former },
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

const find = (session: Session, assignmentId: string) =>
  session.queue.find((claim) => claim.assignmentId === assignmentId)
const without = (outbox: readonly Pending[], id: string) =>
  outbox.filter((item) => item.input.id !== id)

import { IDLE, takeStep } from '@/lib/reviews/keys/rules'
import type { Intent, Panel, Said, Step } from '@/lib/reviews/keys/schema'
import { claimCases, leaveClaims, renewLeases } from '@/lib/reviews/queue/queries'
import { LEASE_SECONDS } from '@/lib/reviews/queue/rules'
import type { Claims } from '@/lib/reviews/queue/schema'
import type { SkipReason } from '@/lib/reviews/schema'
import { claimsWanted, nextSession, startSession } from '@/lib/reviews/session/rules'
import type { CurrentHandout, Session, SessionEvent, Training } from '@/lib/reviews/session/schema'
import { makeAnswer, makeSkip, makeUndo } from './pending'
import { deliver, retryDelay } from './sending'
import { startStopwatch } from './stopwatch'
import { readUnsent, writeUnsent } from './unsent'

const HEARTBEAT_MS = (LEASE_SECONDS * 1000) / 5
/** How often an empty page asks whether there is something to do again. */
const HOPE_MS = 15_000

export type Snapshot = {
  session: Session
  /** What has been begun on the case in view. */
  step: Step
  note: string
  hint: string
  panel: Panel | null
  folded: boolean
  /** Why no cases could be fetched. */
  claimFailure: unknown
  /** For screen readers: what just happened. */
  announcement: string
  /** Null: no training, nothing given. As of the last batch of cases. */
  training: Training | null
  handout: CurrentHandout | null
}

type Listener = (change: { done: number }) => void
export type SessionStore = ReturnType<typeof createSessionStore>

/**
 * The page's state outside React, because keys can come faster than renderings: each is taken at once
 * on the case that is first in the queue at that moment, and the answer is bound to it there.
 */
export function createSessionStore(project: string, userId: string, onChange: Listener) {
  const session = startSession(readUnsent(project, userId))
  let snapshot: Snapshot = {
    ...{ session, step: IDLE, note: '', hint: '', panel: null, folded: true },
    ...{ claimFailure: null, announcement: '', training: null, handout: null },
  }
  const listeners = new Set<() => void>()
  const stopwatch = startStopwatch()
  let [sending, claiming, failures, newestLease] = [false, false, 0, '']

  function set(changes: Partial<Snapshot>) {
    snapshot = { ...snapshot, ...changes }
    for (const listener of listeners) listener()
  }

  function dispatch(event: SessionEvent, changes: Partial<Snapshot> = {}) {
    const before = snapshot.session
    const after = nextSession(before, event)
    if (after.outbox !== before.outbox) writeUnsent(project, userId, after.outbox)
    const moved = after.queue[0]?.assignmentId !== before.queue[0]?.assignmentId
    if (moved) stopwatch.restart()
    const fresh = moved ? { step: IDLE, note: '', hint: '', folded: true } : {}
    set({ session: after, ...fresh, ...changes })
    for (const claim of after.queue) {
      if (claim.leaseUntil > newestLease) newestLease = claim.leaseUntil
    }
    void pump()
    void supply()
  }

  async function pump() {
    const [head] = snapshot.session.outbox
    if (sending || !head || snapshot.session.failure) return
    sending = true
    const { event, returned } = await deliver(project, head)
    sending = false
    failures = event.type === 'failed' ? failures + 1 : 0
    if (event.type === 'failed') setTimeout(retry, retryDelay(failures))
    dispatch(event)
    if (returned) {
      dispatch(
        { type: 'returned', claim: returned },
        { announcement: nextUp('Taken back.', returned) },
      )
      onChange({ done: -1 })
    }
    if (event.type === 'refused' && head.kind === 'answer') onChange({ done: -1 })
    if (event.type === 'refused' && head.kind === 'undo') {
      // Nothing of the person's is lost by it: a word is enough.
      dispatch({ type: 'read', id: event.id }, { hint: event.message, announcement: event.message })
    }
  }

  async function supply() {
    const n = claimsWanted(snapshot.session)
    if (claiming || n === 0 || snapshot.claimFailure) return
    claiming = true
    try {
      const { claims, training = null, handout = null } = await askForCases(project, n)
      claiming = false
      dispatch({ type: 'claimed', claims }, { training, handout })
    } catch (error) {
      claiming = false
      set({ claimFailure: error })
      setTimeout(() => {
        set({ claimFailure: null })
        void supply()
      }, retryDelay(3))
    }
  }

  function retry() {
    if (snapshot.session.failure) dispatch({ type: 'retried' })
    void pump()
  }

  async function beat() {
    const ids = snapshot.session.queue.map((claim) => claim.assignmentId)
    if (ids.length === 0 || document.hidden) return
    // A missed beat does no harm: the next comes long before the lease ends.
    const renewal = await renewLeases(project, ids).catch(() => null)
    if (renewal) dispatch({ type: 'renewed', ...renewal })
  }

  function hope() {
    const { queue, supply: known } = snapshot.session
    if (queue.length === 0 && known === 'none' && !document.hidden) dispatch({ type: 'hoped' })
  }

  function answer(said: Said) {
    const [claim, next] = snapshot.session.queue
    if (!claim) return
    const extra = { note: snapshot.note.trim(), seconds: stopwatch.seconds() }
    const made = makeAnswer(claim, said, extra)
    dispatch({ type: 'answered', ...made }, { announcement: nextUp('Saved.', next) })
    onChange({ done: 1 })
  }

  function undo() {
    const { past, outbox } = snapshot.session
    const last = past.at(-1)
    const asked = outbox.some((item) => item.kind === 'undo' && item.input.reviewId === null)
    if (!last && asked) return
    const announcement = last ? nextUp('Taken back.', last.claim) : ''
    dispatch({ type: 'taken_back', pending: makeUndo(last) }, { announcement })
    if (last) onChange({ done: -1 })
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set,
    retry,

    /** A key or a click, taken on the case in view. */
    act(intent: Intent, categoryIds: readonly string[]) {
      const [claim] = snapshot.session.queue
      if (!claim) {
        if (intent.means === 'undo') undo()
        if (intent.means === 'open' && intent.panel === 'keys') set({ panel: 'keys' })
        return
      }
      const view = { suggestion: claim.suggestion, categoryIds }
      const outcome = takeStep(snapshot.step, intent, view)
      if (outcome.said) return answer(outcome.said)
      const { step, hint = '', open = snapshot.panel } = outcome
      const folded = outcome.fold ? !snapshot.folded : snapshot.folded
      set({ step, hint, panel: open, folded, ...(hint ? { announcement: hint } : {}) })
      if (outcome.undo) undo()
    },

    skip(reason: SkipReason, note: string) {
      const [claim, next] = snapshot.session.queue
      if (!claim) return
      const pending = makeSkip(claim, reason, note)
      const announcement = nextUp('Skipped.', next)
      dispatch({ type: 'skipped', pending }, { panel: null, announcement })
    },

    /** The person has read why something was refused. */
    dismiss: (id: string) => dispatch({ type: 'read', id }),

    /** Runs until the returned function is called, which gives back what is held. */
    start() {
      const leave = () => newestLease && leaveClaims(project, newestLease)
      const wake = () => {
        if (document.hidden) return
        void beat()
        hope()
      }
      const timers = [setInterval(() => void beat(), HEARTBEAT_MS), setInterval(hope, HOPE_MS)]
      window.addEventListener('online', retry)
      window.addEventListener('pagehide', leave)
      document.addEventListener('visibilitychange', wake)
      void pump()
      void supply()
      return () => {
        for (const timer of timers) clearInterval(timer)
        window.removeEventListener('online', retry)
        window.removeEventListener('pagehide', leave)
        document.removeEventListener('visibilitychange', wake)
        leave()
      }
    },
  }
}

const nextUp = (what: string, next: Session['queue'][number] | undefined): string =>
  next ? `${what} Next case: ${next.case.subject}` : what

type Told = { training: Training | null; handout: CurrentHandout | null }
const askForCases = (project: string, n: number): Promise<Claims & Partial<Told>> =>
  claimCases(project, n)

import { IDLE, takeStep } from '@/lib/reviews/keys/rules'
import type { Intent, Panel, Said, Step } from '@/lib/reviews/keys/schema'
import type { SkipReason } from '@/lib/reviews/schema'
import { nextSession, startSession } from '@/lib/reviews/session/rules'
import type {
  CurrentHandout,
  Outcome,
  Session,
  SessionEvent,
  Training,
} from '@/lib/reviews/session/schema'
import { nextTask } from './after-paint'
import { isChange, makeAnswer, makeChange, makeSkip, makeUndo } from './pending'
import { createSending } from './session-sending'
import { createStopwatch } from './stopwatch'
import { createSupply } from './supply'

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
  /** Null: no training, nothing given. */
  training: Training | null
  handout: CurrentHandout | null
  /** Whether it is known what this browser keeps. */
  ready: boolean
  /** False once answers could be kept in this tab's memory only. */
  durable: boolean
}

type Listener = (change: { done: number }) => void
export type SessionStore = ReturnType<typeof createSessionStore>

/**
 * The page's state outside React, because keys can come faster than renderings: each is taken at once
 * on the case that is first in the queue at that moment, and the answer is bound to it there.
 */
export function createSessionStore(project: string, userId: string, onChange: Listener) {
  let snapshot: Snapshot = {
    ...{ session: startSession(), step: IDLE, note: '', hint: '', panel: null, folded: true },
    ...{ claimFailure: null, announcement: '', training: null, handout: null },
    ...{ ready: false, durable: true },
  }
  const listeners = new Set<() => void>()
  const stopwatch = createStopwatch()
  const getSession = () => snapshot.session

  const supply = createSupply(project, userId, {
    getSession,
    onClaimed: (claims, told) => dispatch({ type: 'claimed', claims }, told),
    onRenewed: (renewed) => dispatch({ type: 'renewed', ...renewed }),
    onHope: () => dispatch({ type: 'hoped' }),
    onFailure: (claimFailure) => set({ claimFailure }),
  })
  const sending = createSending(project, userId, {
    getSession,
    onKept: (kept, durable) => dispatch({ type: 'kept', ...kept }, { durable, ready: true }),
    onOutcome: hear,
    onFailure: (claimFailure) => set({ claimFailure }),
  })

  function set(changes: Partial<Snapshot>) {
    snapshot = { ...snapshot, ...changes }
    for (const listener of listeners) listener()
  }

  function dispatch(event: SessionEvent, changes: Partial<Snapshot> = {}) {
    const before = snapshot.session
    const after = nextSession(before, event)
    const moved = after.queue[0]?.assignmentId !== before.queue[0]?.assignmentId
    if (moved) stopwatch.restart()
    const fresh = moved ? { step: IDLE, note: '', hint: '', folded: true } : {}
    set({ session: after, ...fresh, ...changes })
    // What an earlier page has kept comes first: its cases are done.
    if (sending.isReady()) void nextTask().then(supply.claim)
  }

  function hear(outcome: Outcome) {
    const item = snapshot.session.outbox.find(({ input }) => input.id === outcome.id)
    const returned = outcome.type === 'sent' ? outcome.returned : undefined
    const claim = returned?.claim
    const changes = returned
      ? { announcement: nextUp('Taken back.', returned.claim), note: returned.note }
      : {}
    dispatch(outcome, { ...changes, training: trained(snapshot.training, outcome) })
    if (claim) onChange({ done: -1 })
    if (outcome.type !== 'refused' || !item) return
    if (item.kind === 'answer') onChange({ done: -1 })
    if (item.kind !== 'undo' || isChange(item)) return
    // Nothing of the person's is lost by it: a word is enough.
    const { id, message } = outcome
    dispatch({ type: 'read', id }, { hint: message, announcement: message })
    sending.discard(id)
  }

  function answer(said: Said) {
    const [claim, next] = snapshot.session.queue
    if (!claim) return
    const extra = { note: snapshot.note.trim(), seconds: stopwatch.seconds() }
    const made = makeAnswer(claim, said, extra)
    dispatch({ type: 'answered', ...made }, { announcement: nextUp('Answered.', next) })
    sending.keep(made.pending)
    onChange({ done: 1 })
  }

  function undo() {
    const { past, outbox } = snapshot.session
    const last = past.at(-1)
    const asked = outbox.some((item) => item.kind === 'undo' && item.input.reviewId === null)
    if (!last && asked) return
    const pending = makeUndo(last)
    const announcement = last ? nextUp('Taken back.', last.claim) : ''
    dispatch(
      { type: 'taken_back', pending },
      { announcement, ...(last ? { note: last.note } : {}) },
    )
    sending.keep(pending)
    if (last) onChange({ done: -1 })
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set,

    retry() {
      if (snapshot.session.failure) dispatch({ type: 'retried' })
      sending.retry()
    },

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
      sending.keep(pending)
    },

    /** Takes an answer of any time back; its case comes in hand. */
    change(reviewId: string) {
      const pending = makeChange(reviewId)
      dispatch({ type: 'taken_back', pending })
      sending.keep(pending)
    },

    /** The person has read why something was refused. */
    dismiss(id: string) {
      dispatch({ type: 'read', id })
      sending.discard(id)
    },

    /** Runs until the returned function is called, which gives back what is held. */
    start() {
      const stops = [stopwatch.start(), supply.start(), sending.start(supply.leave)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** One answer further; the next batch of cases says whether that was enough. */
function trained(training: Training | null, outcome: Outcome): Training | null {
  const check = outcome.type === 'sent' ? outcome.after?.check : null
  if (!training || !check) return training
  const { answered, right } = training
  return { ...training, answered: answered + 1, right: right + (check.right ? 1 : 0) }
}

const nextUp = (what: string, next: Session['queue'][number] | undefined): string =>
  next ? `${what} Next case: ${next.case.subject}` : what

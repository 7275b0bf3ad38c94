import type { VersionView } from '../../schema'
import {
  hasPart,
  insistOn,
  isSamePart,
  mergeDrafts,
  nameParts,
  type Part,
  partsOf,
  touches,
} from '../merging/rules'
import { enqueue, explainUnsendable, findSendable } from '../queue/rules'
import type { DraftSaved } from '../schema'
import { applyStep, applySteps, type Step } from '../steps/rules'
import {
  EMPTY_HISTORY,
  type History,
  perform,
  redo,
  remember,
  type Turn,
  undo,
} from '../undo/rules'

const LONGEST_RETRY_MS = 30_000
/** So often someone else may be faster in a row before this waits a while. */
const MOST_MERGES = 8

/** Worth another try with the same content: the server did not see it, or could not answer. */
const RETRYABLE = new Set(['unavailable', 'internal', 'too_many', 'unauthenticated'])
/** Worth a look at what the server has by now. */
const OVERTAKEN = new Set(['conflict', 'not_found'])

export type DraftState = {
  /** As the server has it. */
  saved: VersionView
  /** The same with one's own steps that are not saved yet. */
  shown: VersionView
  pending: Step[]
  sending: boolean
  /** Parts that both changed; one's own change of them waits until the person has chosen. */
  clashes: Part[]
  /** What the server will not take, and why. */
  refused: { step: Step; message: string }[]
  /** Why nothing can be saved right now; it is tried again by itself. */
  trouble: string | null
  /** It is no draft any more, and there are changes that are not in it. */
  ended: { frozenAs: number | null } | null
  /** What someone else has just changed. */
  news: { text: string; at: number } | null
  history: History
}

type Seen = { part: Part; draft: VersionView }
type Theirs = { version: VersionView; byYou: boolean }

/** The state with what only its rules need. */
export type Keeping = DraftState & {
  onItsWay: Step | null
  /** What was read while a step was on its way; it may be older or newer than that. */
  waiting: Theirs | null
  /** For each part in question the draft as one last saw it with that part in it: they may have removed it. */
  seen: readonly Seen[]
  failures: number
  merges: number
}

/** Null code: the answer was not understood. */
export type Failure = { code: string | null; message: string }

/** `next`: the next step at once; `wait`: a try later; `look`: read the draft first; `stop`: neither. */
export type Going = { keeping: Keeping; go: 'next' | 'wait' | 'look' | 'stop' }

export const beginKeeping = (first: VersionView): Keeping => ({
  ...{ saved: first, shown: first, pending: [], sending: false, clashes: [], refused: [] },
  ...{ trouble: null, ended: null, news: null, history: EMPTY_HISTORY },
  ...{ onItsWay: null, waiting: null, seen: [], failures: 0, merges: 0 },
})

/** How long to wait after so many failures in a row: it doubles. */
export const retryDelay = (failures: number): number =>
  Math.min(LONGEST_RETRY_MS, 1_000 * 2 ** (failures - 1))

/** Several steps together are undone together. The same where they change nothing. */
export function performSteps(keeping: Keeping, steps: readonly Step[], at: number): Keeping {
  const done = perform(keeping.shown, steps, at)
  if (!done) return keeping
  return push(keeping, done.entry.done, done.draft, remember(keeping.history, done.entry))
}

export function turnKeeping(
  keeping: Keeping,
  way: 'undo' | 'redo',
): { keeping: Keeping; turn: Turn | null } {
  const turn = (way === 'undo' ? undo : redo)(keeping.history, keeping.shown)
  if (!turn) return { keeping, turn }
  const shown = applySteps(keeping.shown, turn.steps)
  return { keeping: push(keeping, turn.steps, shown, turn.history), turn }
}

function push(
  keeping: Keeping,
  steps: readonly Step[],
  shown: VersionView,
  history: History,
): Keeping {
  const { onItsWay } = keeping
  const pending = steps.reduce((all, step) => enqueue(all, step, onItsWay), keeping.pending)
  return { ...keeping, shown, history, pending }
}

/** What can be sent now: nothing while a step is on its way, as each starts from what the last has left. */
export function nextToSend({ ended, onItsWay, pending, clashes, refused }: Keeping): Step | null {
  if (ended || onItsWay) return null
  return findSendable(
    pending,
    (step) =>
      touches(step, clashes) ||
      refused.some((one) => one.step === step) ||
      explainUnsendable(step) !== null,
  )
}

export const startSending = (keeping: Keeping, step: Step): Keeping => ({
  ...keeping,
  onItsWay: step,
  sending: true,
})

/** The step came to its end, one way or another; what was read meanwhile is taken over now. */
export function endSending(keeping: Keeping, now: number): Keeping {
  const after = { ...keeping, onItsWay: null, sending: false }
  return after.waiting
    ? receive({ ...after, waiting: null }, after.waiting.version, now, after.waiting.byYou)
    : after
}

export function confirm(keeping: Keeping, step: Step, meta: DraftSaved): Keeping {
  return {
    ...keeping,
    saved: { ...applyStep(keeping.saved, step), ...meta },
    shown: { ...keeping.shown, ...meta },
    pending: keeping.pending.filter((one) => one !== step),
    ...{ trouble: null, failures: 0, merges: 0 },
  }
}

export function fail(keeping: Keeping, step: Step, { code, message }: Failure): Going {
  if (code === null || RETRYABLE.has(code)) return waitAWhile(keeping, message)
  if (OVERTAKEN.has(code)) return { keeping, go: 'look' }
  return refuse(keeping, step, message)
}

/** After a step was overtaken: what the server has by now. */
export function look(
  keeping: Keeping,
  step: Step,
  { message }: Failure,
  found: { theirs: VersionView } | { failure: Failure },
  now: number,
): Going {
  if ('failure' in found) {
    if (found.failure.code === 'not_found') return { keeping: end(keeping), go: 'stop' }
    return waitAWhile(keeping, found.failure.message)
  }
  if (found.theirs.edit <= keeping.saved.edit) return refuse(keeping, step, message)
  const merges = keeping.merges + 1
  const merged = receive({ ...keeping, merges, onItsWay: null }, found.theirs, now)
  return merges < MOST_MERGES
    ? { keeping: merged, go: 'next' }
    : waitAWhile(merged, 'Others are saving this draft all the time.')
}

const refuse = (keeping: Keeping, step: Step, message: string): Going => ({
  keeping: { ...keeping, refused: [...keeping.refused, { step, message }] },
  go: 'next',
})

const waitAWhile = (keeping: Keeping, trouble: string): Going => ({
  keeping: { ...keeping, trouble, failures: keeping.failures + 1, merges: 0 },
  go: 'wait',
})

/**
 * A state that was read from the server; taken over at once, one's own unsaved steps on top. While a step
 * is on its way it waits for that. The same where it says nothing new.
 */
export function receive(
  keeping: Keeping,
  theirs: VersionView,
  now: number,
  byYou = false,
): Keeping {
  const { saved, pending } = keeping
  if (keeping.onItsWay) return { ...keeping, waiting: { version: theirs, byYou } }
  if (theirs === saved || theirs.edit < saved.edit) return keeping
  // Frozen: what is not in it is kept, for the clipboard.
  if (theirs.number !== null) {
    return pending.length > 0 ? { ...keeping, ended: { frozenAs: theirs.number } } : keeping
  }
  if (theirs.edit === saved.edit) {
    if (hasSameSurroundings(theirs, saved)) return keeping
    return { ...keeping, saved: theirs, shown: applySteps(theirs, pending) }
  }
  const merged = mergeDrafts(saved, theirs, pending)
  const open = [...keeping.clashes, ...merged.clashes].filter((part) =>
    merged.pending.some((step) => touches(step, [part])),
  )
  const clashes = open.filter((part, at) => open.findIndex((one) => isSamePart(one, part)) === at)
  const who = byYou ? 'You' : (theirs.savedBy ?? 'Someone else')
  const where = byYou ? ' in another window' : ' just now'
  const text = `${who} changed ${nameParts(merged.changed, theirs, saved)}${where}.`
  return {
    ...keeping,
    saved: theirs,
    shown: applySteps(theirs, merged.pending),
    pending: merged.pending,
    clashes,
    seen: clashes.map((part) => lastSeen(keeping, part)),
    news: merged.changed.length > 0 ? { text, at: now } : keeping.news,
  }
}

function lastSeen({ shown, seen }: Keeping, part: Part): Seen {
  const former = hasPart(shown, part) ? undefined : seen.find((one) => isSamePart(one.part, part))
  return former ?? { part, draft: shown }
}

/** Saves one's own change of a part over theirs; each step on top of the one before, which may bring it back. */
export function keepMine(keeping: Keeping, part: Part): Keeping {
  const { draft } = lastSeen(keeping, part)
  let base = keeping.saved
  const pending = keeping.pending.map((step) => {
    const own = touches(step, [part]) ? insistOn(step, draft, base) : step
    base = applyStep(base, own)
    return own
  })
  return replacePending(without(keeping, part), pending)
}

export const takeTheirs = (keeping: Keeping, part: Part): Keeping =>
  replacePending(
    without(keeping, part),
    keeping.pending.filter((step) => !touches(step, [part])),
  )

/** Gives up what the server will not take. */
export const drop = (keeping: Keeping, step: Step): Keeping =>
  replacePending(
    { ...keeping, refused: keeping.refused.filter((one) => one.step !== step) },
    keeping.pending.filter((one) => !touches(one, partsOf(step))),
  )

const without = (keeping: Keeping, part: Part): Keeping => ({
  ...keeping,
  clashes: keeping.clashes.filter((one) => !isSamePart(one, part)),
  seen: keeping.seen.filter((one) => !isSamePart(one.part, part)),
})

const replacePending = (keeping: Keeping, pending: Step[]): Keeping => ({
  ...keeping,
  pending,
  shown: applySteps(keeping.saved, pending),
})

export const retry = (keeping: Keeping): Keeping => ({ ...keeping, refused: [], trouble: null })

/** Someone discarded the draft. */
export const end = (keeping: Keeping): Keeping =>
  keeping.ended ? keeping : { ...keeping, ended: { frozenAs: null } }

/** The person leaves what is not saved behind. */
export const giveUp = (keeping: Keeping): Keeping => ({
  ...keeping,
  ...{ pending: [], clashes: [], seen: [], refused: [], trouble: null },
  shown: keeping.saved,
})

/** Whether what is not the draft's own is the same: names of categories, reviews taken back. */
function hasSameSurroundings(a: VersionView, b: VersionView): boolean {
  const describe = ({ categories, examples }: VersionView) =>
    JSON.stringify([
      categories.map(({ key, name }) => [key, name]),
      examples.map(({ flagged }) => flagged),
    ])
  return describe(a) === describe(b)
}

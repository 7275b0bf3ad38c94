import { errorMessage } from '@/components/ui/error-message'
import { AppError } from '@/lib/platform/errors'
import {
  insistOn,
  isSamePart,
  mergeDrafts,
  nameParts,
  type Part,
  partsOf,
  touches,
} from '@/lib/versions/drafts/merging/rules'
import { readDraft, sendStep } from '@/lib/versions/drafts/queries'
import { enqueue, explainUnsendable, findSendable } from '@/lib/versions/drafts/queue/rules'
import type { DraftSaved } from '@/lib/versions/drafts/schema'
import { applyStep, applySteps, type Step } from '@/lib/versions/drafts/steps/rules'
import {
  EMPTY_HISTORY,
  type History,
  perform,
  redo,
  remember,
  type Turn,
  undo,
} from '@/lib/versions/drafts/undo/rules'
import type { VersionView } from '@/lib/versions/schema'

import { typedAt } from './composing'

const SAVE_AFTER_MS = 600
const LONGEST_RETRY_MS = 30_000
/** So often someone else may be faster in a row before this waits a while. */
const MOST_MERGES = 8

/** Worth another try with the same content: the server did not see it, or could not answer. */
const RETRYABLE = new Set(['unavailable', 'internal', 'too_many', 'unauthenticated'])

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

export type DraftKeeper = ReturnType<typeof keepDraft>

/**
 * What one person does to a draft: shown at once, saved step by step in order, tried again until the
 * server has it, and put on top of what others have saved meanwhile. Lives on after its page while
 * something is unsaved.
 */
export function keepDraft(slug: string, first: VersionView, onSaved: (saved: VersionView) => void) {
  let now: DraftState = {
    ...{ saved: first, shown: first, pending: [], sending: false, clashes: [], refused: [] },
    ...{ trouble: null, ended: null, news: null, history: EMPTY_HISTORY },
  }
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let onItsWay: Step | null = null
  let waiting: { theirs: VersionView; byYou: boolean } | null = null
  /** What one saw when someone else's change came in between. */
  let mine: VersionView = first
  let failures = 0
  let merges = 0

  function set(change: Partial<DraftState>) {
    const hadOpen = now.pending.length > 0
    now = { ...now, ...change }
    const hasOpen = now.pending.length > 0
    if (hasOpen !== hadOpen)
      (hasOpen ? addEventListener : removeEventListener)('beforeunload', warn)
    if (hasOpen !== hadOpen) (hasOpen ? addEventListener : removeEventListener)('online', sendNow)
    for (const listener of listeners) listener()
  }

  const warn = (event: BeforeUnloadEvent) => event.preventDefault()
  const sendNow = () => void save()

  function sendIn(delay: number) {
    clearTimeout(timer)
    timer = setTimeout(sendNow, delay)
  }

  function push(steps: readonly Step[], shown: VersionView, history: History) {
    const pending = steps.reduce((all, step) => enqueue(all, step, onItsWay), now.pending)
    set({ shown, history, pending })
    const isTyping = steps.every((step) => step.do === 'set' || step.do === 'describe')
    if (now.trouble === null) sendIn(isTyping ? SAVE_AFTER_MS : 0)
  }

  function turn(way: typeof undo): Turn | null {
    const turned = way(now.history, now.shown)
    if (turned) push(turned.steps, applySteps(now.shown, turned.steps), turned.history)
    return turned
  }

  const isHeld = (step: Step) =>
    touches(step, now.clashes) ||
    now.refused.some((one) => one.step === step) ||
    explainUnsendable(step) !== null

  async function drain(): Promise<void> {
    for (;;) {
      const step = now.ended ? null : findSendable(now.pending, isHeld)
      if (!step) return
      onItsWay = step
      set({ sending: true })
      const goOn = await sendStep(slug, now.saved, step).then(
        (saved) => confirm(step, saved),
        (error: unknown) => explain(step, error),
      )
      onItsWay = null
      set({ sending: false })
      if (waiting) receive(waiting.theirs, waiting.byYou)
      if (!goOn) return
    }
  }

  function confirm(step: Step, meta: DraftSaved): boolean {
    failures = 0
    merges = 0
    const saved = { ...applyStep(now.saved, step), ...meta }
    const pending = now.pending.filter((one) => one !== step)
    set({ saved, shown: { ...now.shown, ...meta }, pending, trouble: null })
    onSaved(saved)
    return true
  }

  /** Whether to go on with the next step at once. */
  async function explain(step: Step, error: unknown): Promise<boolean> {
    const code = error instanceof AppError ? error.code : null
    if (code === null || RETRYABLE.has(code)) return waitAndRetry(errorMessage(error))
    if (code === 'conflict' || code === 'not_found') {
      const theirs = await readDraft(slug, first.id).catch((reason: unknown) => reason)
      if (theirs instanceof AppError && theirs.code === 'not_found') {
        set({ ended: { frozenAs: null } })
        return false
      }
      if (!isVersion(theirs)) return waitAndRetry(errorMessage(theirs))
      if (theirs.edit > now.saved.edit) {
        merges += 1
        onItsWay = null
        receive(theirs, false)
        return merges < MOST_MERGES || waitAndRetry('Others are saving this draft all the time.')
      }
    }
    set({ refused: [...now.refused, { step, message: errorMessage(error) }] })
    return true
  }

  function waitAndRetry(trouble: string): false {
    failures += 1
    merges = 0
    set({ trouble })
    sendIn(Math.min(LONGEST_RETRY_MS, 1_000 * 2 ** (failures - 1)))
    return false
  }

  /** A state that was read from the server; taken over at once, one's own unsaved steps on top. */
  function receive(theirs: VersionView, byYou = false) {
    if (onItsWay) {
      waiting = { theirs, byYou }
      return
    }
    waiting = null
    const { saved, pending, shown } = now
    if (theirs === saved || theirs.edit < saved.edit) return
    if (theirs.number !== null) {
      if (pending.length > 0) set({ ended: { frozenAs: theirs.number } })
      else onSaved(theirs)
      return
    }
    if (theirs.edit === saved.edit) {
      if (hasSameSurroundings(theirs, saved)) return
      set({ saved: theirs, shown: applySteps(theirs, pending) })
      return
    }
    const merged = mergeDrafts(saved, theirs, pending)
    const open = [...now.clashes, ...merged.clashes].filter((part) =>
      merged.pending.some((step) => touches(step, [part])),
    )
    const clashes = open.filter((part, at) => open.findIndex((one) => isSamePart(one, part)) === at)
    if (merged.clashes.length > 0) mine = shown
    const who = byYou ? 'You' : (theirs.savedBy ?? 'Someone else')
    const where = byYou ? ' in another window' : ' just now'
    const text = `${who} changed ${nameParts(merged.changed, theirs, saved)}${where}.`
    set({
      ...{
        saved: theirs,
        shown: applySteps(theirs, merged.pending),
        pending: merged.pending,
        clashes,
      },
      ...(merged.changed.length > 0 ? { news: { text, at: Date.now() } } : {}),
    })
    onSaved(theirs)
  }

  /** Saves all that can be saved; whether nothing is left. */
  async function save(): Promise<boolean> {
    do {
      clearTimeout(timer)
      running ??= drain().finally(() => {
        running = null
      })
      await running
    } while (canGoOn())
    return now.pending.length === 0
  }

  const canGoOn = () =>
    now.trouble === null && now.ended === null && findSendable(now.pending, isHeld) !== null

  function replacePending(pending: Step[], change: Partial<DraftState> = {}) {
    set({ pending, shown: applySteps(now.saved, pending), ...change })
    sendIn(0)
  }

  const without = (part: Part) => now.clashes.filter((one) => !isSamePart(one, part))

  return {
    read: () => now,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    save,
    receive,

    /** Several steps together are undone together. */
    perform(...steps: Step[]) {
      const done = perform(now.shown, steps, typedAt())
      if (done) push(done.entry.done, done.draft, remember(now.history, done.entry))
    },
    undo: () => turn(undo),
    redo: () => turn(redo),

    /** Saves one's own change of a part over theirs. */
    keepMine(part: Part) {
      const insist = (step: Step) =>
        touches(step, [part]) ? insistOn(step, mine, now.saved) : step
      replacePending(now.pending.map(insist), { clashes: without(part) })
    },
    takeTheirs(part: Part) {
      const pending = now.pending.filter((step) => !touches(step, [part]))
      replacePending(pending, { clashes: without(part) })
    },
    /** Someone discarded the draft. */
    end() {
      if (!now.ended) set({ ended: { frozenAs: null } })
    },
    /** It was brought back. */
    async revive() {
      const theirs = await readDraft(slug, first.id)
      set({ ended: null })
      receive(theirs)
      sendIn(0)
    },
    /** The person leaves what is not saved behind. */
    giveUp() {
      clearTimeout(timer)
      set({ pending: [], clashes: [], refused: [], trouble: null, shown: now.saved })
    },
    retry() {
      set({ refused: [], trouble: null })
      sendIn(0)
    },
    /** Gives up what the server will not take. */
    drop(step: Step) {
      const pending = now.pending.filter((one) => !touches(one, partsOf(step)))
      replacePending(pending, { refused: now.refused.filter((one) => one.step !== step) })
    },
  }
}

/** Whether what is not the draft's own is the same: names of categories, reviews taken back. */
function hasSameSurroundings(a: VersionView, b: VersionView): boolean {
  const describe = ({ categories, examples }: VersionView) =>
    JSON.stringify([
      categories.map(({ key, name }) => [key, name]),
      examples.map(({ flagged }) => flagged),
    ])
  return describe(a) === describe(b)
}

const isVersion = (value: unknown): value is VersionView =>
  typeof value === 'object' && value !== null && 'edit' in value

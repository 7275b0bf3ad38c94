import { errorMessage } from '@/components/ui/error-message'
import { AppError } from '@/lib/platform/errors'
import * as rules from '@/lib/versions/drafts/keeping/rules'
import type { Part } from '@/lib/versions/drafts/merging/rules'
import { readDraft, sendStep } from '@/lib/versions/drafts/queries'
import type { Step } from '@/lib/versions/drafts/steps/rules'
import type { Turn } from '@/lib/versions/drafts/undo/rules'
import type { VersionView } from '@/lib/versions/schema'
import { typedAt } from './composing'

const SAVE_AFTER_MS = 600

export type DraftKeeper = ReturnType<typeof keepDraft>

/**
 * What one person does to a draft: shown at once, saved step by step in order, tried again until the
 * server has it, and put on top of what others have saved meanwhile. Lives on after its page while
 * something is unsaved. What happens is decided by the rules; here are the clock and the network.
 */
export function keepDraft(
  slug: string,
  person: string,
  first: VersionView,
  onSaved: (saved: VersionView) => void,
) {
  let now = rules.beginKeeping(first)
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  function set(next: rules.Keeping) {
    if (next === now) return
    const [hadOpen, hasOpen] = [now.pending.length > 0, next.pending.length > 0]
    const isNews = next.saved.edit !== now.saved.edit
    now = next
    if (hasOpen !== hadOpen) {
      const change = hasOpen ? addEventListener : removeEventListener
      change('beforeunload', warn)
      change('online', sendNow)
    }
    for (const listener of listeners) listener()
    if (isNews) onSaved(next.saved)
  }

  const warn = (event: BeforeUnloadEvent) => event.preventDefault()
  const sendNow = () => void save()

  function sendIn(delay: number) {
    clearTimeout(timer)
    timer = setTimeout(sendNow, delay)
  }

  /** What was typed is sent after a pause. Where something fails just now it is tried again anyway. */
  function push(next: rules.Keeping, steps: readonly Step[]) {
    if (next === now) return
    set(next)
    const isTyping = steps.every((step) => step.do === 'set' || step.do === 'describe')
    if (now.trouble === null) sendIn(isTyping ? SAVE_AFTER_MS : 0)
  }

  function turn(way: 'undo' | 'redo'): Turn | null {
    const turned = rules.turnKeeping(now, way)
    push(turned.keeping, turned.turn?.steps ?? [])
    return turned.turn
  }

  async function drain(): Promise<void> {
    for (;;) {
      const step = rules.nextToSend(now)
      if (!step) return
      set(rules.startSending(now, step))
      const isGoingOn = await send(step)
      set(rules.endSending(now, Date.now()))
      if (!isGoingOn) return
    }
  }

  /** Whether to go on with the next step at once. */
  async function send(step: Step): Promise<boolean> {
    let failure: rules.Failure
    try {
      const meta = await sendStep(slug, person, now.saved, step)
      set(rules.confirm(now, step, meta))
      return true
    } catch (error) {
      failure = failureOf(error)
    }
    let going = rules.fail(now, step, failure)
    if (going.go === 'look') {
      const found = await readDraft(slug, first.id).then(
        (theirs) => ({ theirs }),
        (error: unknown) => ({ failure: failureOf(error) }),
      )
      going = rules.look(now, step, failure, found, Date.now())
    }
    set(going.keeping)
    if (going.go === 'wait') sendIn(rules.retryDelay(now.failures))
    return going.go === 'next'
  }

  /** Saves all that can be saved; whether nothing is left. */
  async function save(): Promise<boolean> {
    do {
      clearTimeout(timer)
      running ??= drain().finally(() => {
        running = null
      })
      await running
    } while (now.trouble === null && rules.nextToSend(now) !== null)
    return now.pending.length === 0
  }

  function decide(next: rules.Keeping) {
    set(next)
    sendIn(0)
  }

  function receive(theirs: VersionView, byYou = false) {
    const isFrozen = theirs.number !== null && now.pending.length === 0 && theirs !== now.saved
    set(rules.receive(now, theirs, Date.now(), byYou))
    // Nothing of one's own is missing in it: the page shows the version that it became.
    if (isFrozen) onSaved(theirs)
  }

  return {
    read: (): rules.DraftState => now,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    save,
    receive,
    /** Several steps together are undone together. */
    perform: (...steps: Step[]) => push(rules.performSteps(now, steps, typedAt()), steps),
    undo: () => turn('undo'),
    redo: () => turn('redo'),
    /** Saves one's own change of a part over theirs. */
    keepMine: (part: Part) => decide(rules.keepMine(now, part)),
    takeTheirs: (part: Part) => decide(rules.takeTheirs(now, part)),
    /** Gives up what the server will not take. */
    drop: (step: Step) => decide(rules.drop(now, step)),
    retry: () => decide(rules.retry(now)),
    /** Someone discarded the draft. */
    end: () => set(rules.end(now)),
    /** It was brought back. */
    async revive() {
      const theirs = await readDraft(slug, first.id)
      set({ ...now, ended: null })
      receive(theirs)
      sendIn(0)
    },
    /** The person leaves what is not saved behind. */
    giveUp() {
      clearTimeout(timer)
      set(rules.giveUp(now))
    },
  }
}

function failureOf(error: unknown): rules.Failure {
  return { code: error instanceof AppError ? error.code : null, message: errorMessage(error) }
}

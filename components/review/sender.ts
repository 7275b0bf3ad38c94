import { type Entry, openOutbox } from '@/lib/platform/outbox'
import { isPending } from '@/lib/reviews/session/rules'
import type { Outcome, Pending, Refused } from '@/lib/reviews/session/schema'
import { moveFormerUnsent } from './former-unsent'
import { deliver, retryDelay } from './sending'

/** `kept`: another tab has changed what the outbox holds. */
export type SenderEvent = Outcome | { type: 'kept' }
type Listener = (event: SenderEvent) => void
export type Sender = Awaited<ReturnType<typeof makeSender>>

const senders = new Map<string, Promise<Sender>>()

/** The one sender of this tab for what a person did in a project; it works until the tab ends. */
export function openSender(person: string, project: string): Promise<Sender> {
  const name = `closecall/${person}/${project}`
  const known = senders.get(name) ?? makeSender(name, person, project)
  senders.set(name, known)
  return known
}

/**
 * Writes to the outbox, and sends from there alone: in order, one tab at a time, again and again until
 * the server has confirmed or refused it. All tabs of the person hear what became of it.
 */
async function makeSender(name: string, person: string, project: string) {
  const outbox = await openOutbox()
  await moveFormerUnsent(outbox, person, project)
  const listeners = new Set<Listener>()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let running: Promise<void> | null = null
  let isMore = false

  function tell(event: SenderEvent) {
    for (const listener of listeners) listener(event)
  }

  async function listEntries(): Promise<Kept> {
    return readEntries(await outbox.list(person, project))
  }

  /** One after the other until nothing is left, or something fails. */
  async function drain(): Promise<void> {
    while (isMore) {
      isMore = false
      const [head] = (await listEntries()).waiting
      if (!head) continue
      const outcome = await deliver(project, person, head)
      if (outcome.type === 'failed') return fail(outcome)
      failures = 0
      isMore = true
      await (outcome.type === 'sent'
        ? outbox.remove(outcome.id)
        : outbox.refuse(outcome.id, outcome.message))
      tell(outcome)
      channel?.postMessage(outcome)
    }
  }

  function fail(outcome: Extract<Outcome, { type: 'failed' }>) {
    failures++
    timer = setTimeout(() => void send(), retryDelay(failures))
    tell(outcome)
  }

  /** Now, whatever was said of waiting. Ends when nothing is left or the next try has to wait. */
  function send(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    isMore = true
    running ??= alone(name, drain)
      .catch((error: unknown) => {
        const message = `This browser’s storage does not answer (${String(error)}).`
        fail({ type: 'failed', id: '', why: 'unavailable', message })
      })
      .finally(() => {
        running = null
        // Something came while the lock was given back.
        if (isMore && !timer) void send()
      })
    return running
  }

  const wake = () => {
    if (!document.hidden) void send()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  if (channel) channel.onmessage = ({ data }: MessageEvent<SenderEvent>) => tell(data)

  return {
    send,
    list: listEntries,
    isDurable: outbox.isDurable,

    /** Resolves once it is written down; then it is on its way. */
    async keep(pending: Pending): Promise<void> {
      await outbox.put({ id: pending.input.id, owner: person, scope: project, value: pending })
      channel?.postMessage(KEPT)
      // While a try waits for its time, so does what came later.
      if (!timer) void send()
    },

    /**
     * The page goes away, perhaps before anything could be written: all at once, and once more by the
     * next page, which knows nothing of this. Not for what depends on an order.
     */
    rush(items: readonly Pending[]): void {
      for (const item of items.slice(0, RUSH)) void deliver(project, person, item)
    },

    /** The person has read why it was refused. */
    async discard(id: string): Promise<void> {
      await outbox.remove(id)
      channel?.postMessage(KEPT)
    },

    subscribe(listener: Listener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What a browser still sends of a page that goes away has its limit. */
const RUSH = 20

const KEPT: SenderEvent = { type: 'kept' }

type Kept = { waiting: Pending[]; refused: Refused[] }

function readEntries(entries: readonly Entry[]): Kept {
  const kept: Kept = { waiting: [], refused: [] }
  for (const { value, refused } of entries) {
    if (!isPending(value)) continue
    if (refused === undefined) kept.waiting.push(value)
    else kept.refused.push({ pending: value, message: refused })
  }
  return kept
}

/** Where the browser has no locks, two tabs may send the same: its id makes that harmless. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, work)
  else await work()
}

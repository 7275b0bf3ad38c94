import type { Outcome, Pending, Refused, Session } from '@/lib/reviews/session/schema'
import { nextTask } from './after-paint'
import type { Sender, SenderEvent } from './sender'
import { retryDelay } from './sending'

type Kept = { waiting: Pending[]; refused: Refused[] }

type Ends = {
  getSession: () => Session
  onKept: (kept: Kept, durable: boolean) => void
  onOutcome: (outcome: Outcome) => void
  onFailure: (error: unknown) => void
}

/** Between a page's session and the outbox: what is done is written down first, then sent. */
export function createSending(project: string, person: string, ends: Ends) {
  // Comes after the page is shown, and before the first case is.
  const sender = typeof window === 'undefined' ? null : open()
  /** Done on this page, or found when it started: a case that comes back for it is shown here. */
  const own = new Set<string>()
  const writing = new Set<string>()
  const settled = new Set<string>()
  let isReady = false

  async function open(): Promise<Sender> {
    for (let failures = 1; ; failures++) {
      try {
        const { openSender } = await import('./sender')
        ends.onFailure(null)
        return await openSender(person, project)
      } catch (error) {
        ends.onFailure(error)
        await new Promise((done) => setTimeout(done, retryDelay(failures)))
      }
    }
  }

  function use(work: (sender: Sender) => unknown) {
    sender?.then(work).catch(ends.onFailure)
  }

  /** Brings the page in line with what the browser keeps. */
  async function compare(from: Sender): Promise<void> {
    const { waiting, refused } = await from.list()
    const stored = new Set([...waiting, ...refused.map(({ pending }) => pending)].map(idOf))
    if (!isReady) for (const id of stored) own.add(id)
    isReady = true
    const unsettled = waiting.filter((pending) => !settled.has(idOf(pending)))
    ends.onKept({ waiting: unsettled, refused }, from.isDurable())
    // What storage has lost meanwhile is written again: its id makes a second sending harmless.
    for (const item of ends.getSession().outbox) {
      if (!stored.has(idOf(item)) && !writing.has(idOf(item))) keep(item)
    }
  }

  function keep(pending: Pending) {
    const id = idOf(pending)
    own.add(id)
    writing.add(id)
    use(async (to) => {
      await nextTask()
      await to.keep(pending)
      writing.delete(id)
      if (!to.isDurable()) await compare(to)
    })
  }

  function hear(event: SenderEvent) {
    if (event.type === 'kept') return use(compare)
    if (event.type !== 'failed') settled.add(event.id)
    const isElsewhere = event.type === 'sent' && !own.has(event.id)
    ends.onOutcome(isElsewhere ? { type: 'sent', id: event.id } : event)
  }

  return {
    keep,
    isReady: () => isReady,
    retry: () => use((to) => to.send()),
    discard: (id: string) => use((from) => from.discard(id)),

    /** Runs until the returned function is called; what is left is sent before `onEnd`. */
    start(onEnd: () => void) {
      const look = () => {
        if (!document.hidden) use(compare)
      }
      const leave = () => {
        const { outbox } = ends.getSession()
        if (outbox.every(({ kind }) => kind === 'answer')) use((to) => to.rush(outbox))
      }
      document.addEventListener('visibilitychange', look)
      window.addEventListener('pagehide', leave)
      let stop = () => {}
      use(async (from) => {
        stop = from.subscribe(hear)
        await compare(from)
        await from.send()
      })
      return () => {
        document.removeEventListener('visibilitychange', look)
        window.removeEventListener('pagehide', leave)
        use(async (to) => {
          await to.send()
          stop()
          onEnd()
        })
      }
    },
  }
}

const idOf = (pending: Pending) => pending.input.id

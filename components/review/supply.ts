import { claimCases, leaveClaims, renewLeases } from '@/lib/reviews/queue/queries'
import { LARGEST_BATCH, LEASE_SECONDS } from '@/lib/reviews/queue/rules'
import type { Claims, Renewed } from '@/lib/reviews/queue/schema'
import { claimsWanted } from '@/lib/reviews/session/rules'
import type { CurrentHandout, Session, Training } from '@/lib/reviews/session/schema'
import { retryDelay } from './sending'

const HEARTBEAT_MS = (LEASE_SECONDS * 1000) / 5
/** How often an empty page asks whether there is something to do again. */
const HOPE_MS = 15_000

type Told = { training: Training | null; handout: CurrentHandout | null }

type Hands = {
  getSession: () => Session
  onClaimed: (claims: Claims['claims'], told: Told) => void
  onRenewed: (renewed: Renewed) => void
  onHope: () => void
  /** Null: the next try is under way. */
  onFailure: (error: unknown) => void
}

/** Keeps cases at hand and their leases alive, and gives back what is held at the end. */
export function createSupply(project: string, person: string, hands: Hands) {
  const { getSession } = hands
  let [claiming, newestLease] = [false, '']
  let retry: ReturnType<typeof setTimeout> | null = null

  async function claim(): Promise<void> {
    const n = claimsWanted(getSession())
    if (claiming || retry || n === 0) return
    claiming = true
    try {
      const answer: Claims & Partial<Told> = await claimCases(project, person, n)
      claiming = false
      const { claims, training = null, handout = null } = answer
      for (const { leaseUntil } of claims) if (leaseUntil > newestLease) newestLease = leaseUntil
      hands.onClaimed(claims, { training, handout })
    } catch (error) {
      claiming = false
      retry = setTimeout(again, retryDelay(3))
      hands.onFailure(error)
    }
  }

  function again() {
    if (retry) clearTimeout(retry)
    retry = null
    hands.onFailure(null)
    void claim()
  }

  /** Cases whose answers have yet to be sent are still held: nobody else is to be given them. */
  async function beat(): Promise<void> {
    const { queue, outbox } = getSession()
    const inHand = queue.map(({ assignmentId }) => assignmentId)
    const unsent = outbox.flatMap((item) => (item.kind === 'undo' ? [] : item.input.assignmentId))
    const ids = [...inHand, ...unsent].slice(0, 2 * LARGEST_BATCH)
    if (ids.length === 0 || document.hidden) return
    // A missed beat does no harm: the next comes long before the lease ends.
    const renewed = await renewLeases(project, ids).catch(() => null)
    if (!renewed) return
    if (renewed.leaseUntil && renewed.leaseUntil > newestLease) newestLease = renewed.leaseUntil
    hands.onRenewed(renewed)
  }

  function hope() {
    const { queue, supply } = getSession()
    if (queue.length === 0 && supply === 'none' && !document.hidden) hands.onHope()
  }

  function wake() {
    if (document.hidden) return
    if (retry) again()
    void beat()
    hope()
  }

  /** What is held for unsent answers is not given back, or someone else would answer it as well. */
  function leave() {
    if (newestLease && getSession().outbox.length === 0) leaveClaims(project, newestLease)
  }

  return {
    claim,
    leave,
    /** Runs until the returned function is called. */
    start() {
      const timers = [setInterval(() => void beat(), HEARTBEAT_MS), setInterval(hope, HOPE_MS)]
      window.addEventListener('online', wake)
      window.addEventListener('pagehide', leave)
      document.addEventListener('visibilitychange', wake)
      return () => {
        for (const timer of timers) clearInterval(timer)
        window.removeEventListener('online', wake)
        window.removeEventListener('pagehide', leave)
        document.removeEventListener('visibilitychange', wake)
      }
    },
  }
}

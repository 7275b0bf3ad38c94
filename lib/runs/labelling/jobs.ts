import { setTimeout as wait } from 'node:timers/promises'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { log } from '@/lib/platform/log'
import { extendLeases, releaseItems } from '../claims/mutations'
import { adaptPace, type Pace, startPace } from '../concurrency/rules'
import { pauseAtLimit } from '../limits/mutations'
import { countCallsLeft, findLimitReached } from '../limits/rules'
import { Line } from '../outages/jobs'
import { countDoubtful, endRun, type Outcome } from '../outcomes/mutations'
import { isEnded } from '../rules'
import { type Begun, beginRun } from './beginning/jobs'
import { type HiddenCase, restoreOutcome } from './cases/jobs'
import { rideOut } from './database-outages/jobs'
import { Supply } from './supply/jobs'
import { Unsaved } from './unsaved/jobs'

/** How long items stay with a worker that gives no sign of life. */
const LEASE_MS = 15_000
/** Between looks at the run's status, and between writes: many answers share one transaction. */
const TICK_MS = 250
/** A worker that is told to end gets about five seconds; whoever stops a run waits no longer. */
const LAST_CALLS_MS = 4_000
const LAST_CUTS_MS = 250
const MOST_FAILURES_IN_A_ROW = 10
/** So many outcomes are written without waiting for the tick. */
const SOON = 200
/** With so many outcomes unwritten, as when the database is away, no call begins: they would be lost with this worker. */
const MOST_UNSAVED = 1_000

const UNEXPECTED = 'Something unexpected happened: the log says more. What was labelled is kept.'

/**
 * Labels a run until it is ended: claims its items with leases, asks the model for several at once,
 * and writes what it says. May run in several workers at once, and again after a kill at any moment.
 */
export async function labelRun(
  runId: string,
  signal: AbortSignal,
  leaseMs = LEASE_MS,
): Promise<void> {
  const begun = await beginRun(runId)
  if (!begun || begun.inBatch) return
  const labelling = new Labelling(begun, signal, leaseMs)
  const end = await labelling.work()
  if (end === 'interrupted') throw new Error('The worker ends: another goes on with this run.')
  if (end) await endRun(runId, end)
}

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/** A call on its way. */
type InFlight = {
  /** How many cases it is about. */
  cases: number
  /** Ends it. Each has its own: a signal that all listened to would be searched by every call. */
  cutOff: AbortController
  ended: Promise<void>
}

/**
 * One worker's part in a run. Calls begin wherever a place comes free; beside them items are claimed
 * ahead, and a loop writes what has come and looks whether the run goes on.
 */
class Labelling {
  readonly #runId: string
  readonly #holder = newId()
  readonly #line: Line
  readonly #supply: Supply
  readonly #unsaved: Unsaved
  readonly #inFlight = new Set<InFlight>()
  /** Cases that wait here for their call or for its answer to be written. */
  readonly #inHand = new Set<string>()
  /** Ends what only waits for its next try. */
  readonly #ending = new AbortController()
  readonly #waiting: AbortSignal
  /** Ends the loop's pause. */
  #wake = new AbortController()
  #pace: Pace
  #stop: string | null = null
  /** What went wrong while claiming. */
  #broken: { error: unknown } | null = null
  #failuresInRow = 0
  /** Calls of this worker: begun, and written down. */
  #callsBegun = 0
  #callsSaved = 0
  /** Calls that may still be begun under the run's limit, as far as this worker knows: none before it has looked. */
  #callsLeft = 0
  #beatAt = Date.now()

  constructor(
    readonly begun: Begun,
    readonly signal: AbortSignal,
    readonly leaseMs: number,
  ) {
    this.#runId = begun.asking.runId
    this.#line = new Line(this.#runId)
    this.#pace = startPace(begun.mostInFlight)
    this.#waiting = AbortSignal.any([signal, this.#ending.signal])
    this.#unsaved = new Unsaved(
      { runId: this.#runId, signal },
      {
        onSaved: (outcomes) => this.#putDown(outcomes),
        // Or it would be asked and paid for again and again.
        onLost: () => {
          this.#stop ??= UNEXPECTED
        },
      },
    )
    this.#supply = new Supply(begun, this.#claim, {
      signal,
      onReady: () => this.#fill(),
      onError: (error) => {
        this.#broken = { error }
        this.#wake.abort()
      },
    })
  }

  get #claim() {
    const { leaseMs } = this
    return { runId: this.#runId, holder: this.#holder, leaseMs, inHand: this.#inHand }
  }

  get #mayBegin(): boolean {
    const ends = this.#stop !== null || this.#broken !== null || this.#waiting.aborted
    return !ends && this.#unsaved.size < MOST_UNSAVED
  }

  /** Null: another worker has ended the run. */
  async work(): Promise<End | 'interrupted' | null> {
    let end: End | 'interrupted' | null | undefined
    try {
      while (end === undefined) {
        await this.#keepUp()
        end = await this.#rideOut(() => this.#findEnd())
        if (this.#broken) throw this.#broken.error
        if (end === undefined) await this.#goOn()
      }
    } finally {
      this.#ending.abort()
      await this.#supply.settle()
      const hurry = this.signal.aborted || (end !== null && end !== undefined)
      const cut = await this.#awaitCalls(hurry)
      try {
        await this.#unsaved.save()
        if (this.signal.aborted && cut > 0) await countDoubtful(this.#runId, cut)
      } finally {
        await this.#rideOut(() => releaseItems(this.#runId, this.#holder))
      }
    }
    return end
  }

  /**
   * What is in flight is paid for, so it is kept; in a `hurry` it is given some seconds, then cut off.
   * The number of cases that were: what another worker will then ask again may have been paid for twice.
   */
  async #awaitCalls(hurry: boolean): Promise<number> {
    const calls = Promise.all([...this.#inFlight].map(({ ended }) => ended))
    if (!hurry) {
      await calls
      return 0
    }
    const inTime = await Promise.race([calls.then(() => true), wait(LAST_CALLS_MS, false)])
    if (inTime) return 0
    const cut = [...this.#inFlight].reduce((sum, { cases }) => sum + cases, 0)
    for (const { cutOff } of this.#inFlight) cutOff.abort()
    await Promise.race([calls, wait(LAST_CUTS_MS)])
    return cut
  }

  /** Undefined: there is more to do. */
  async #findEnd(): Promise<End | 'interrupted' | null | undefined> {
    if (this.signal.aborted) return 'interrupted'
    if (this.#stop !== null) return { status: 'failed', message: this.#stop }
    const run = await this.#readRun()
    if (isEnded(run.status) || run.status === 'paused') return null
    if (run.status === 'stopping') return { status: 'stopped' }
    this.#callsLeft = countCallsLeft(run, this.#callsBegun - this.#callsSaved)
    const limit = findLimitReached(run)
    if (limit !== null) {
      this.#callsLeft = 0
      // What is on its way may be all that is left.
      if (this.#inFlight.size > 0 || this.#unsaved.size > 0) return undefined
      if (await pauseAtLimit(this.#runId, limit)) return null
    }
    if (this.#inFlight.size > 0 || !this.#supply.isEmpty) return undefined
    const left = await db.runItem.count({ where: { runId: this.#runId, status: 'waiting' } })
    return left === 0 && this.#unsaved.size === 0 ? { status: 'done' } : undefined
  }

  async #readRun() {
    const { cost, costLimit, ...run } = await db.run.findUniqueOrThrow({
      where: { id: this.#runId },
      select: { status: true, calls: true, callLimit: true, cost: true, costLimit: true },
    })
    return { ...run, cost: Number(cost), costLimit: costLimit === null ? null : Number(costLimit) }
  }

  /** Lets the calls go on for a tick, or until there is something to write or to decide. */
  async #goOn(): Promise<void> {
    this.#wake = new AbortController()
    this.#supply.lookAgain()
    this.#fill()
    const surplus = this.#supply.takeSurplus(Math.ceil(this.#pace.limit))
    if (surplus.length > 0) await this.#giveBack(surplus)
    const signal = AbortSignal.any([this.signal, this.#wake.signal])
    await wait(TICK_MS, undefined, { signal }).catch(() => undefined)
  }

  #putDown(outcomes: readonly Outcome[]): void {
    for (const { calls, cases } of outcomes) {
      this.#callsSaved += calls.length
      for (const { caseId } of cases) this.#inHand.delete(caseId)
    }
  }

  async #giveBack(caseIds: readonly string[]): Promise<void> {
    await this.#rideOut(() => releaseItems(this.#runId, this.#holder, caseIds))
    for (const caseId of caseIds) this.#inHand.delete(caseId)
  }

  /** Fills the free places with calls. With nothing free, other workers hold what is left. */
  #fill(): void {
    if (!this.#mayBegin) return
    const limit = Math.floor(this.#pace.limit)
    const places = Math.min(limit - this.#inFlight.size, this.#callsLeft)
    for (const cases of this.#supply.take(places)) this.#begin(cases)
    if (this.#callsLeft > 0) this.#supply.refill(limit)
  }

  #begin(cases: readonly HiddenCase[]): void {
    const cutOff = new AbortController()
    const ended = this.#ask(cases, cutOff.signal)
      .catch((error: unknown) => {
        const caseIds = cases.map(({ caseId }) => caseId)
        log.error({ error, runId: this.#runId, caseIds }, 'labelling cases')
        this.#stop ??= UNEXPECTED
      })
      .finally(() => {
        this.#inFlight.delete(call)
        this.#fill()
        const isIdle = this.#inFlight.size === 0 && this.#supply.isEmpty
        if (isIdle || this.#stop !== null || this.#unsaved.size >= SOON) this.#wake.abort()
      })
    const call = { cases: cases.length, cutOff, ended }
    this.#inFlight.add(call)
  }

  async #ask(cases: readonly HiddenCase[], cutOff: AbortSignal): Promise<void> {
    let begun = 0
    const { outcome, stop } = await this.begun.ask(cases, {
      report: (call) => {
        this.#pace = adaptPace(this.#pace, call)
      },
      signal: this.#waiting,
      cutOff,
      line: this.#line,
      mayAsk: () => {
        if (this.#callsLeft <= 0) return false
        this.#callsLeft -= 1
        this.#callsBegun += 1
        begun += 1
        return true
      },
    })
    // What reached nobody, or was cut off, is not written down as a call.
    this.#callsBegun -= begun - outcome.calls.length
    this.#unsaved.add(restoreOutcome(outcome, cases))
    this.#stop ??= stop
    const failed = outcome.cases.filter(({ error }) => error !== null)
    const error = failed.at(-1)?.error
    this.#failuresInRow = failed.length === 0 ? 0 : this.#failuresInRow + 1
    if (this.#failuresInRow >= MOST_FAILURES_IN_A_ROW) {
      this.#stop ??= `${this.#failuresInRow} calls in a row failed, the last with: ${error} What was labelled is kept. Go on when the cause is gone.`
    }
  }

  /** Keeps what is held, and writes what has come: that may take long enough for a lease to run out. */
  async #keepUp(): Promise<void> {
    await this.#rideOut(() => this.#beat())
    await this.#unsaved.save()
  }

  async #beat(): Promise<void> {
    if (Date.now() - this.#beatAt < this.leaseMs / 4) return
    await extendLeases(this.#claim, [...this.#inHand])
    this.#beatAt = Date.now()
  }

  #rideOut<T>(work: () => Promise<T>): Promise<T> {
    return rideOut(work, { runId: this.#runId, signal: this.signal })
  }
}

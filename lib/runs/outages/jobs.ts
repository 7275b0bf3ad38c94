import { setTimeout as wait } from 'node:timers/promises'
import { log } from '@/lib/platform/log'
import { hasAnswers } from './data'
import { clearOutage, noteOutage, pauseForOutage } from './mutations'
import { chooseWait, PATIENCE_MS, UNNOTICED_MS } from './rules'

/** Between looks of whoever waits at whether the way is open again. */
const LOOK_MS = 200

type Outage = {
  /** Times in ms. */
  since: number
  /** Calls that began before this moment say nothing new. */
  noticedAt: number
  nextTryAt: number
  tries: number
  /** A call tries whether the way is open again; all others wait for what comes of it. */
  trying: boolean
}

/** What the run's row says, as far as this worker knows, and from when on it is written anew. */
type Noted = { kind: 'unreachable' | 'busy' | 'unknown'; until: number }
/** A worker that was killed may have left anything. */
const UNKNOWN: Noted = { kind: 'unknown', until: 0 }

/**
 * The way to Bedrock, shared by the calls that one worker makes for one run. Where it is cut no case is
 * at fault: all calls wait, one of them tries ever more rarely, and all go on when it gets through.
 * Nor is one where Bedrock turns every call away: each tries again for itself, as some may be let in.
 * After some minutes the run pauses for somebody to go on with it.
 */
export class Line {
  #outage: Outage | null = null
  /** Since when (ms) calls are turned away and none was answered. */
  #busySince: number | null = null
  #noted: Noted | null = UNKNOWN
  #wasAnswered = false

  constructor(
    readonly runId: string,
    readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Waits until a call may be made; false where the signal came first. */
  async mayTry(signal: AbortSignal): Promise<boolean> {
    for (let outage = this.#outage; outage !== null; outage = this.#outage) {
      if (signal.aborted) return false
      if (!outage.trying && Date.now() >= outage.nextTryAt) {
        outage.trying = true
        return true
      }
      await wait(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
    return true
  }

  /** A call that began at `startedAt` did not get there. */
  async lost(startedAt: number, error: string): Promise<void> {
    const now = Date.now()
    const former = this.#outage
    if (former !== null && startedAt < former.noticedAt) return
    const tries = (former?.tries ?? 0) + 1
    const outage = {
      ...{ since: former?.since ?? now, noticedAt: now, tries, trying: false },
      nextTryAt: now + chooseWait(tries),
    }
    this.#outage = outage
    this.#noted = { kind: 'unreachable', until: outage.nextTryAt }
    const noted = { kind: 'unreachable' as const, since: new Date(outage.since) }
    const { runId, patienceMs } = this
    await this.#write(() =>
      now - outage.since < patienceMs
        ? noteOutage(runId, { ...noted, nextTryAt: new Date(outage.nextTryAt) })
        : pauseForOutage(runId, { ...noted, error, patienceMs }),
    )
  }

  /** A call got there, whatever it was told. */
  async reached(): Promise<void> {
    this.#outage = null
    if (this.#noted !== null && this.#noted.kind !== 'busy') await this.#clear()
  }

  /** A call was answered. */
  async answered(): Promise<void> {
    this.#wasAnswered = true
    this.#busySince = null
    await this.reached()
    if (this.#noted !== null) await this.#clear()
  }

  /** Whether the model has ever answered for this run, whoever asked: its settings are right then. */
  async wasEverAnswered(): Promise<boolean> {
    this.#wasAnswered ||= await hasAnswers(this.runId)
    return this.#wasAnswered
  }

  /** A call got there, was turned away, and is tried again in `waitMs`. */
  async turnedAway(waitMs: number, error: string): Promise<void> {
    const now = Date.now()
    this.#busySince ??= now
    const noted = { kind: 'busy' as const, since: new Date(this.#busySince) }
    const busyMs = now - this.#busySince
    const { runId, patienceMs } = this
    if (busyMs >= patienceMs) {
      await this.#write(async () => {
        await pauseForOutage(runId, { ...noted, error, patienceMs })
        // Where another worker has had calls answered, the run goes on, and the time runs anew.
        this.#busySince = null
      })
      return
    }
    const isNoted = this.#noted?.kind === 'busy' && now < this.#noted.until
    if (busyMs < UNNOTICED_MS || isNoted) return
    this.#noted = { kind: 'busy', until: now + waitMs }
    await this.#write(() => noteOutage(runId, { ...noted, nextTryAt: new Date(now + waitMs) }))
  }

  async #clear(): Promise<void> {
    this.#noted = null
    await this.#write(() => clearOutage(this.runId))
  }

  /** Where the database is away too, the next try says it again. */
  async #write(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#noted = UNKNOWN
      log.warn({ error, runId: this.runId }, 'whether Bedrock can be reached was not written down')
    }
  }
}

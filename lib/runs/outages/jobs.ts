import { setTimeout as wait } from 'node:timers/promises'
import { log } from '@/lib/platform/log'
import { clearOutage, noteOutage, pauseForOutage } from './mutations'
import { chooseWait, PATIENCE_MS } from './rules'

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

/**
 * The way to Bedrock, shared by the calls that one worker makes for one run. Where it is cut no case is
 * at fault: all calls wait, one of them tries ever more rarely, and all go on when it gets through.
 * After some minutes the run pauses for somebody to go on with it.
 */
export class Line {
  #outage: Outage | null = null
  /** A worker that was killed may have left the run as unreachable. */
  #isNoted = true

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
    this.#isNoted = true
    const since = new Date(outage.since)
    const { runId, patienceMs } = this
    await this.#write(() =>
      now - outage.since < patienceMs
        ? noteOutage(runId, { since, nextTryAt: new Date(outage.nextTryAt) })
        : pauseForOutage(runId, { since, error, patienceMs }),
    )
  }

  /** A call got there, whatever it was told. */
  async reached(): Promise<void> {
    this.#outage = null
    if (!this.#isNoted) return
    this.#isNoted = false
    await this.#write(() => clearOutage(this.runId))
  }

  /** Where the database is away too, the next try says it again. */
  async #write(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#isNoted = true
      log.warn({ error, runId: this.runId }, 'whether Bedrock can be reached was not written down')
    }
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '@/generated/prisma/client'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { log } from '@/lib/platform/log'
import { fillPack, mostInPack, renderFixedPart } from '@/lib/versions/rendering/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { measureRoom, prepareRequests } from '../calls/rules'
import { claimItems, extendLeases, releaseItems } from '../claims/mutations'
import { adaptPace, type Pace, startPace } from '../concurrency/rules'
import { beginJudging } from '../judging/jobs'
import { pauseAtLimit } from '../limits/mutations'
import { findLimitReached } from '../limits/rules'
import { findWindow } from '../models/rules'
import { type FindSimilar, openNeighbours, repeatNeighbours } from '../neighbours/data'
import { Line } from '../outages/jobs'
import { countDoubtful, endRun, type Outcome, saveOutcomes } from '../outcomes/mutations'
import { type Asking, askForCases, type Watch } from '../packs/jobs'
import { shuffle } from '../packs/rules'
import { readPinnedPrice } from '../prices/rules'
import { hideSimilar } from '../redaction/data'
import { readPinned } from '../redaction/rules'
import { isEnded } from '../rules'
import { addSimilar, type HiddenCase, loadCases, restoreOutcome } from './cases/jobs'

/** How long items stay with a worker that gives no sign of life. */
const LEASE_MS = 15_000
/** Between looks at the run's status, and between writes: many answers share one transaction. */
const TICK_MS = 250
/** A worker that is told to end gets about five seconds; whoever stops a run waits no longer. */
const LAST_CALLS_MS = 4_000
const LAST_CUTS_MS = 250
/** Answers are kept in memory for so long while the database is away. */
const OUTAGE_MS = 60_000
const MOST_FAILURES_IN_A_ROW = 10
/** Packs that are made ready together: what comes back meanwhile has to wait. */
const MOST_PACKS_AT_ONCE = 16
/** Outcomes written in one transaction. */
const MOST_AT_ONCE = 500

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

type Ask = (
  cases: readonly HiddenCase[],
  watch: Watch,
) => Promise<{ outcome: Outcome; stop: string | null }>

export type Begun = {
  asking: Asking
  /** What is asked about cases: for their labels, or whether those of another run are right. */
  ask: Ask
  /** Finds them as they may leave for the model. */
  findSimilar: FindSimilar
  redaction: RedactionSetting
  /** Cases in one call, and the characters they have together. */
  pack: { most: number; room: number }
  mostInFlight: number | undefined
  /** Its batch jobs have not ended: until then nothing of it is asked on demand. */
  inBatch: boolean
}

/** Null where there is nothing to do. */
export async function beginRun(runId: string): Promise<Begun | null> {
  await db.run.updateMany({
    where: { id: runId, status: 'queued' },
    data: { status: 'running', startedAt: new Date() },
  })
  const run = await db.run.findUnique({
    where: { id: runId },
    include: { leftOut: { select: { study: { select: { baseRun: true } } } } },
  })
  if (!run || isEnded(run.status) || run.status === 'paused') return null
  if (run.standIn !== isStandIn()) {
    const message = run.standIn
      ? 'This run was made with the local stand-in, but now the worker calls Bedrock. Start a new run.'
      : 'This run was made for Bedrock, but now the worker has only the local stand-in. Set the AWS credentials, then go on.'
    await endRun(runId, { status: 'failed', message })
    return null
  }
  const asking = await openAsking(run)
  const { content } = asking
  const redaction = readPinned(run.redaction)
  const { judgedRunId } = run
  const ask: Ask =
    judgedRunId === null
      ? (cases, watch) => askForCases(asking, cases, watch)
      : await beginJudging({ ...run, judgedRunId }, { ...asking, redaction })
  return {
    asking,
    ask,
    redaction,
    findSimilar: hideSimilar(
      // A run without some examples has the similar ones of the run it is compared with.
      run.leftOut
        ? await repeatNeighbours(run.leftOut.study.baseRun, content)
        : await openNeighbours(run.projectId, content, run.createdAt),
      redaction,
    ),
    pack: {
      most: mostInPack(content),
      room: measureRoom(content, renderFixedPart(content), findWindow(run.modelId)),
    },
    mostInFlight: run.mostInFlight ?? undefined,
    inBatch: run.batchStage === 'jobs',
  }
}

/** What the calls of a run have in common, as it pins it. */
export async function openAsking(run: Run): Promise<Asking> {
  const content = promptContent.parse(run.content)
  const categories = await db.category.findMany({
    where: { projectId: run.projectId, key: { in: content.categories.map(({ key }) => key) } },
    select: { id: true, key: true },
  })
  const price = readPinnedPrice(run)
  return {
    runId: run.id,
    content,
    price,
    mendPrice: price?.mending ?? price,
    makeRequest: prepareRequests(content, findWindow(run.modelId)),
    categoryIds: new Map(categories.map(({ id, key }) => [key, id])),
  }
}

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/** One worker's part in a run. */
class Labelling {
  readonly asking: Asking
  readonly #holder = newId()
  readonly #line: Line
  /** The calls on their way, with the number of cases that each is about. */
  readonly #inFlight = new Map<Promise<void>, number>()
  /** Cases that wait here for their call or for its answer to be written. */
  readonly #inHand = new Set<string>()
  /** Ends what only waits for its next try. */
  readonly #ending = new AbortController()
  /** Ends what is on its way. */
  readonly #cutOff = new AbortController()
  #pace: Pace
  #packs: HiddenCase[][] = []
  #outcomes: Outcome[] = []
  #stop: string | null = null
  #failuresInRow = 0
  /** Calls of this worker: begun, and written down. */
  #callsBegun = 0
  #callsSaved = 0
  /** Calls that may still be begun under the run's limit, as far as this worker knows. */
  #callsLeft = Number.POSITIVE_INFINITY
  #beatAt = Date.now()

  constructor(
    readonly begun: Begun,
    readonly signal: AbortSignal,
    readonly leaseMs: number,
  ) {
    this.asking = begun.asking
    this.#line = new Line(begun.asking.runId)
    this.#pace = startPace(begun.mostInFlight)
  }

  get #claim() {
    return { runId: this.asking.runId, holder: this.#holder, leaseMs: this.leaseMs }
  }

  /** Null: another worker has ended the run. */
  async work(): Promise<End | 'interrupted' | null> {
    let end: End | 'interrupted' | null | undefined
    try {
      do {
        await this.#keepUp()
        end = await this.#rideOut(() => this.#findEnd())
        if (end === undefined) await this.#goOn()
      } while (end === undefined)
    } finally {
      this.#ending.abort()
      const hurry = this.signal.aborted || (end !== null && end !== undefined)
      await this.#awaitCalls(hurry)
      try {
        await this.#save()
      } finally {
        await this.#rideOut(() => releaseItems(this.asking.runId, this.#holder))
      }
    }
    return end
  }

  /**
   * What is in flight is paid for, so it is kept; in a `hurry` it is given some seconds, then cut off.
   * What another worker will then ask again may have been paid for twice.
   */
  async #awaitCalls(hurry: boolean): Promise<void> {
    const calls = Promise.all(this.#inFlight.keys())
    if (!hurry) {
      await calls
      return
    }
    const inTime = await Promise.race([calls.then(() => true), wait(LAST_CALLS_MS, false)])
    if (inTime) return
    const cut = [...this.#inFlight.values()].reduce((sum, cases) => sum + cases, 0)
    this.#cutOff.abort()
    await Promise.race([calls, wait(LAST_CUTS_MS)])
    if (this.signal.aborted) await countDoubtful(this.asking.runId, cut)
  }

  /** Undefined: there is more to do. */
  async #findEnd(): Promise<End | 'interrupted' | null | undefined> {
    if (this.signal.aborted) return 'interrupted'
    if (this.#stop !== null) return { status: 'failed', message: this.#stop }
    const run = await this.#readRun()
    if (isEnded(run.status) || run.status === 'paused') return null
    if (run.status === 'stopping') return { status: 'stopped' }
    const unsaved = this.#callsBegun - this.#callsSaved
    this.#callsLeft = (run.callLimit ?? Number.POSITIVE_INFINITY) - run.calls - unsaved
    const limit = findLimitReached(run)
    if (limit !== null && (await pauseAtLimit(this.asking.runId, limit))) return null
    if (this.#inFlight.size > 0 || this.#packs.length > 0) return undefined
    const left = await db.runItem.count({
      where: { runId: this.asking.runId, status: 'waiting' },
    })
    return left === 0 && this.#outcomes.length === 0 ? { status: 'done' } : undefined
  }

  async #readRun() {
    const { cost, costLimit, ...run } = await db.run.findUniqueOrThrow({
      where: { id: this.asking.runId },
      select: { status: true, calls: true, callLimit: true, cost: true, costLimit: true },
    })
    return { ...run, cost: Number(cost), costLimit: costLimit === null ? null : Number(costLimit) }
  }

  /** Fills the free places with calls for the length of a tick. */
  async #goOn(): Promise<void> {
    const until = Date.now() + TICK_MS
    const tick = wait(TICK_MS)
    while (Date.now() < until && this.#stop === null && !this.signal.aborted) {
      const places = Math.min(Math.floor(this.#pace.limit) - this.#inFlight.size, this.#callsLeft)
      if (places > 0 && this.#packs.length === 0) await this.#rideOut(() => this.#claimMore())
      for (const cases of this.#packs.splice(0, Math.max(0, places))) this.#begin(cases)
      // With nothing in flight, other workers hold what is left: wait for them or for their leases.
      await Promise.race([tick, ...this.#inFlight.keys()])
    }
  }

  async #claimMore(): Promise<void> {
    const { most, room } = this.begun.pack
    const limit = Math.ceil(this.#pace.limit)
    const wanted = most === 1 ? limit * 2 : Math.min(limit, MOST_PACKS_AT_ONCE) * most
    const items = await claimItems(this.#claim, wanted)
    const { redaction, findSimilar } = this.begun
    const loaded = await loadCases({ runId: this.asking.runId, redaction }, items)
    const waiting = most === 1 ? loaded : shuffle(this.asking.runId, loaded)
    for (const { caseId } of waiting) this.#inHand.add(caseId)
    while (waiting.length > 0) {
      const lengths = waiting.map(({ content }) => measureContent(content))
      const pack = waiting.splice(0, fillPack(lengths, most, room))
      this.#packs.push(await addSimilar(findSimilar, pack))
      await this.#beat()
    }
  }

  #begin(cases: readonly HiddenCase[]): void {
    const call = this.#ask(cases)
      .catch((error: unknown) => {
        const caseIds = cases.map(({ caseId }) => caseId)
        log.error({ error, runId: this.asking.runId, caseIds }, 'labelling cases')
        this.#stop ??=
          'Something unexpected happened: the log says more. What was labelled is kept.'
      })
      .finally(() => this.#inFlight.delete(call))
    this.#inFlight.set(call, cases.length)
  }

  async #ask(cases: readonly HiddenCase[]): Promise<void> {
    const { outcome, stop } = await this.begun.ask(cases, {
      report: (call) => {
        this.#pace = adaptPace(this.#pace, call)
      },
      signal: AbortSignal.any([this.signal, this.#ending.signal]),
      cutOff: this.#cutOff.signal,
      line: this.#line,
      mayAsk: () => {
        if (this.#callsLeft <= 0) return false
        this.#callsLeft -= 1
        this.#callsBegun += 1
        return true
      },
    })
    this.#outcomes.push(restoreOutcome(outcome, cases))
    this.#stop ??= stop
    const failed = outcome.cases.filter(({ error }) => error !== null)
    const error = failed.at(-1)?.error
    this.#failuresInRow = failed.length === 0 ? 0 : this.#failuresInRow + 1
    if (this.#failuresInRow >= MOST_FAILURES_IN_A_ROW) {
      this.#stop ??= `${this.#failuresInRow} calls in a row failed, the last with: ${error} What was labelled is kept. Go on when the cause is gone.`
    }
  }

  /** Writes what has come, and keeps what is held. */
  async #keepUp(): Promise<void> {
    await this.#save()
    await this.#rideOut(() => this.#beat())
  }

  async #beat(): Promise<void> {
    if (Date.now() - this.#beatAt < this.leaseMs / 4) return
    await extendLeases(this.#claim, [...this.#inHand])
    this.#beatAt = Date.now()
  }

  /** An answer is paid for, so a database that is away for a moment doesn't lose it. */
  async #save(): Promise<void> {
    while (this.#outcomes.length > 0) {
      const taken = this.#outcomes.slice(0, MOST_AT_ONCE)
      await this.#rideOut(() => saveOutcomes(this.asking.runId, taken))
      this.#outcomes.splice(0, taken.length)
      for (const { calls, cases } of taken) {
        this.#callsSaved += calls.length
        for (const { caseId } of cases) this.#inHand.delete(caseId)
      }
    }
  }

  /** Tries again while the database is away, as when it is restarted; all of it may be done twice. */
  async #rideOut<T>(work: () => Promise<T>): Promise<T> {
    const began = Date.now()
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (Date.now() - began > OUTAGE_MS || this.signal.aborted) throw error
        log.warn({ error, runId: this.asking.runId }, 'the database does not answer: trying again')
        await wait(1_000)
      }
    }
  }
}

/** Characters of a written case, roughly: text, and the markup around each message. */
function measureContent({ subject, messages }: CaseContent): number {
  return messages.reduce((sum, { text }) => sum + text.length + 80, subject.length + 80)
}

import { setTimeout as wait } from 'node:timers/promises'
import { caseContent } from '@/lib/cases/schema'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { log } from '@/lib/platform/log'
import { promptContent } from '@/lib/versions/rendering/schema'
import { type AskedCase, type Asking, askForCase } from '../calls/jobs'
import { prepareRequests } from '../calls/rules'
import { type ClaimedItem, claimItems, extendLeases, releaseItems } from '../claims/mutations'
import { adaptPace, startPace } from '../concurrency/rules'
import { findWindow } from '../models/rules'
import { type FindSimilar, openNeighbours, repeatNeighbours } from '../neighbours/data'
import { endRun, type Outcome, saveOutcomes } from '../outcomes/mutations'
import { isEnded } from '../rules'
import type { RunStatus } from '../schema'

/** How long items stay with a worker that gives no sign of life. */
const LEASE_MS = 15_000
/** Between looks at the run's status, and between writes: many answers share one transaction. */
const TICK_MS = 250
/** A worker that is told to end gets about five seconds. */
const LAST_CALLS_MS = 4_000
/** Answers are kept in memory for so long while the database is away. */
const OUTAGE_MS = 60_000
const MOST_FAILURES_IN_A_ROW = 10

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
  if (!begun) return
  const { asking, findSimilar } = begun
  const labelling = new Labelling(asking, findSimilar, signal, leaseMs)
  const end = await labelling.work()
  if (end === 'interrupted') throw new Error('The worker ends: another goes on with this run.')
  if (end) await endRun(runId, end)
}

/** Null where there is nothing to do. */
async function beginRun(
  runId: string,
): Promise<{ asking: Asking; findSimilar: FindSimilar } | null> {
  await db.run.updateMany({
    where: { id: runId, status: 'queued' },
    data: { status: 'running', startedAt: new Date() },
  })
  const run = await db.run.findUnique({
    where: { id: runId },
    include: { leftOut: { select: { study: { select: { baseRun: true } } } } },
  })
  if (!run || isEnded(run.status)) return null
  if (run.standIn !== isStandIn()) {
    const message = run.standIn
      ? 'This run was made with the local stand-in, but now the worker calls Bedrock. Start a new run.'
      : 'This run was made for Bedrock, but now the worker has only the local stand-in. Set the AWS credentials, then start a new run.'
    await endRun(runId, { status: 'failed', message })
    return null
  }
  const content = promptContent.parse(run.content)
  const categories = await db.category.findMany({
    where: { projectId: run.projectId, key: { in: content.categories.map(({ key }) => key) } },
    select: { id: true, key: true },
  })
  const ids = new Map(categories.map(({ id, key }) => [key, id]))
  const asking: Asking = {
    runId,
    modelId: run.modelId,
    price: { priceIn: Number(run.priceIn), priceOut: Number(run.priceOut) },
    makeRequest: prepareRequests(content, findWindow(run.modelId)),
    template: content.template,
    // Names as they were when the content was pinned: the answers use those.
    categories: content.categories.flatMap(({ key, name }) => {
      const id = ids.get(key)
      return id === undefined ? [] : [{ id, key, name }]
    }),
  }
  // A run without some examples has the similar ones of the run it is compared with.
  const findSimilar = run.leftOut
    ? await repeatNeighbours(run.leftOut.study.baseRun, content)
    : await openNeighbours(run.projectId, content, run.createdAt)
  return { asking, findSimilar }
}

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/** One worker's part in a run. */
class Labelling {
  readonly #holder = newId()
  readonly #inFlight = new Set<Promise<void>>()
  /** Ends what only waits for its next try. */
  readonly #ending = new AbortController()
  #pace = startPace()
  #backlog: ClaimedItem[] = []
  #contents = new Map<string, Pick<AskedCase, 'content' | 'similar'>>()
  #outcomes: Outcome[] = []
  #stop: string | null = null
  #failuresInRow = 0
  #beatAt = Date.now()

  constructor(
    readonly asking: Asking,
    readonly findSimilar: FindSimilar,
    readonly signal: AbortSignal,
    readonly leaseMs: number,
  ) {}

  get #claim() {
    return { runId: this.asking.runId, holder: this.#holder, leaseMs: this.leaseMs }
  }

  /** Null: another worker has ended the run. */
  async work(): Promise<End | 'interrupted' | null> {
    let end: End | 'interrupted' | null | undefined
    try {
      do {
        await this.#keepUp()
        end = await this.#findEnd()
        if (end === undefined) await this.#goOn()
      } while (end === undefined)
    } finally {
      this.#ending.abort()
      // What is in flight is paid for: it is finished and kept.
      const calls = Promise.all(this.#inFlight)
      await (this.signal.aborted ? Promise.race([calls, wait(LAST_CALLS_MS)]) : calls)
      await this.#save()
      await releaseItems(this.asking.runId, this.#holder)
    }
    return end
  }

  /** Undefined: there is more to do. */
  async #findEnd(): Promise<End | 'interrupted' | null | undefined> {
    if (this.signal.aborted) return 'interrupted'
    if (this.#stop !== null) return { status: 'failed', message: this.#stop }
    const status = await this.#readStatus()
    if (isEnded(status)) return null
    if (status === 'stopping') return { status: 'stopped' }
    if (this.#inFlight.size > 0 || this.#backlog.length > 0) return undefined
    const left = await db.runItem.count({
      where: { runId: this.asking.runId, status: 'waiting' },
    })
    return left === 0 && this.#outcomes.length === 0 ? { status: 'done' } : undefined
  }

  async #readStatus(): Promise<RunStatus> {
    const run = await db.run.findUniqueOrThrow({
      where: { id: this.asking.runId },
      select: { status: true },
    })
    return run.status
  }

  /** Fills the free places with calls for the length of a tick. */
  async #goOn(): Promise<void> {
    const until = Date.now() + TICK_MS
    const tick = wait(TICK_MS)
    while (Date.now() < until && this.#stop === null && !this.signal.aborted) {
      const places = Math.floor(this.#pace.limit) - this.#inFlight.size
      if (places > 0 && this.#backlog.length === 0) await this.#claimMore()
      for (const item of this.#backlog.splice(0, places)) this.#begin(item)
      // With nothing in flight, other workers hold what is left: wait for them or for their leases.
      await Promise.race([tick, ...this.#inFlight])
    }
  }

  async #claimMore(): Promise<void> {
    const wanted = Math.ceil(this.#pace.limit) * 2
    this.#backlog = await claimItems(this.#claim, wanted)
    const cases = await db.case.findMany({
      where: { id: { in: this.#backlog.map(({ caseId }) => caseId) } },
      select: { id: true, clusterId: true, subject: true, messages: true },
    })
    const asked = cases.map(({ id, clusterId, ...content }) => ({
      caseIds: [id],
      clusterIds: clusterId === null ? [] : [clusterId],
      content: caseContent.parse(content),
    }))
    const similar = await this.findSimilar(asked)
    for (const [i, { id }] of cases.entries()) {
      const content = asked[i]?.content
      if (content) this.#contents.set(id, { content, similar: similar[i] ?? [] })
    }
  }

  #begin(item: ClaimedItem): void {
    const call = this.#ask(item)
      .catch((error: unknown) => {
        log.error({ error, runId: this.asking.runId, caseId: item.caseId }, 'labelling a case')
        this.#stop ??=
          'Something unexpected happened: the log says more. What was labelled is kept.'
      })
      .finally(() => {
        this.#inFlight.delete(call)
        this.#contents.delete(item.caseId)
      })
    this.#inFlight.add(call)
  }

  async #ask({ caseId, counts }: ClaimedItem): Promise<void> {
    const contents = this.#contents.get(caseId)
    if (!contents) throw new Error(`Case ${caseId} of run ${this.asking.runId} is gone`)
    const { outcome, stop } = await askForCase(
      this.asking,
      { caseId, counts, ...contents },
      (call) => {
        this.#pace = adaptPace(this.#pace, call)
      },
      AbortSignal.any([this.signal, this.#ending.signal]),
    )
    this.#outcomes.push(outcome)
    this.#stop ??= stop
    this.#failuresInRow = outcome.error === null ? 0 : this.#failuresInRow + 1
    if (this.#failuresInRow >= MOST_FAILURES_IN_A_ROW) {
      this.#stop ??= `${MOST_FAILURES_IN_A_ROW} cases in a row failed, the last with: ${outcome.error} What was labelled is kept. Start a new run when the cause is gone.`
    }
  }

  /** Writes what has come, and keeps what is held. */
  async #keepUp(): Promise<void> {
    await this.#save()
    if (Date.now() - this.#beatAt < this.leaseMs / 4) return
    await extendLeases(this.#claim)
    this.#beatAt = Date.now()
  }

  /** An answer is paid for, so a database that is away for a moment doesn't lose it. */
  async #save(): Promise<void> {
    const began = Date.now()
    while (this.#outcomes.length > 0) {
      const taken = [...this.#outcomes]
      try {
        await saveOutcomes(this.asking.runId, taken)
        this.#outcomes.splice(0, taken.length)
      } catch (error) {
        if (Date.now() - began > OUTAGE_MS || this.signal.aborted) throw error
        log.warn({ error, runId: this.asking.runId }, 'answers could not be written: trying again')
        await wait(1_000)
      }
    }
  }
}

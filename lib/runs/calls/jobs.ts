import { setTimeout as wait } from 'node:timers/promises'
import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime'
import { z } from 'zod'
import { converse } from '@/lib/platform/bedrock'
import { newId } from '@/lib/platform/ids'
import { chooseWait } from '../concurrency/rules'
import {
  classifyFailure,
  type Failure,
  isTurnedAway,
  isUnreachable,
  mayBePaid,
} from '../failures/rules'
import type { Line } from '../outages/jobs'
import type { CallRow } from '../outcomes/mutations'
import { computeCost } from '../prices/rules'
import type { Price } from '../prices/schema'
import { hashRequest, type ModelRequest, stripSharedParts, toStorable } from './rules'

/**
 * Tries of one request beyond those that the SDK makes within a call. Where a run can wait, one that is
 * turned away more often is not given up, but its further tries are no longer kept as calls.
 */
const MOST_TRIES = { retry: 3, throttled: 12, busy: 3, unreachable: 3 }

/** How a call went, for whoever sets the pace; times in ms. */
export type CallReport = { startedAt: number; now: number; throttled: boolean }

/** One request and what came of it, whatever it was for. */
type CallRecord = Omit<CallRow, 'runId' | 'cases'>

/** How a request ended after all its tries. */
export type Asked = {
  /** Every try that reached the model or failed on the way, the last one last. */
  records: CallRecord[]
  end:
    | { kind: 'answered'; record: CallRecord }
    /** Given up: a new run may do better. `tooLong`: with less text this one may. */
    | { kind: 'failed'; error: string; tooLong?: boolean }
    /** Nothing can be had from this model at all. */
    | { kind: 'stop'; error: string }
    /** The signal came while it waited for its next try, or cut it off. */
    | { kind: 'interrupted' }
}

type AskOptions = {
  price: Price | null
  report: (call: CallReport) => void
  /** Ends the waiting between tries. */
  signal: AbortSignal
  /** Cuts off a call on its way, too: it may have been paid for. */
  cutOff?: AbortSignal
  /** Asked before each try; false ends it as the signal does. */
  mayAsk?: () => boolean
  /**
   * Waits where Bedrock can't be reached, or turns calls away. Absent: somebody waits for the answer,
   * so it is given up.
   */
  line?: Line
}

/**
 * Asks until the model answers, the request is given up, or nothing can be had from this model. An
 * answer on its way is paid for, so `signal` ends only the waiting between tries.
 */
export async function askUntilAnswered(
  request: ModelRequest,
  { price, report, signal, cutOff, mayAsk, line }: AskOptions,
): Promise<Asked> {
  const records: CallRecord[] = []
  const tries = { retry: 0, throttled: 0, busy: 0, unreachable: 0 }
  let allowed = false
  for (;;) {
    allowed ||= mayAsk?.() !== false
    if (!allowed) return { records, end: { kind: 'interrupted' } }
    if (line && !(await line.mayTry(signal))) return { records, end: { kind: 'interrupted' } }
    const startedAt = Date.now()
    const { failure, throttled, brokenOff, ...tried } = await tryCall(request, price, cutOff)
    const record = { ...tried.record, brokenOff }
    const isLost = failure?.kind === 'unreachable'
    if (line) await tell(line, startedAt, failure)
    if (cutOff?.aborted && failure !== null) return { records, end: { kind: 'interrupted' } }
    // Any other failure says nothing about the pace.
    if (failure === null || throttled) report({ startedAt, now: Date.now(), throttled })
    const waits = line !== undefined && failure !== null && isTurnedAway(failure)
    const isSpent =
      failure !== null && isRepeated(failure) && tries[failure.kind] >= MOST_TRIES[failure.kind]
    // What never got there, or was turned away again and again, was no call, and counts as none.
    const isCall = brokenOff > 0 || !((line && isLost) || (waits && isSpent))
    if (isCall) {
      allowed = false
      records.push(record)
    }
    if (failure === null) return { records, end: { kind: 'answered', record } }
    if (line && isLost) continue
    if (!isRepeated(failure)) return { records, end: await endAt(failure, line) }
    const error = toStorable(failure.message)
    tries[failure.kind] += 1
    if (!waits && tries[failure.kind] >= MOST_TRIES[failure.kind]) {
      return { records, end: { kind: 'failed', error } }
    }
    const pause = chooseWait(tries[failure.kind], Math.random())
    if (waits) await line.turnedAway(pause, error)
    await wait(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return { records, end: { kind: 'interrupted' } }
  }
}

type Final = Extract<Failure, { kind: 'stop' | 'refused' }>

const isRepeated = (failure: Failure): failure is Exclude<Failure, Final> =>
  failure.kind !== 'stop' && failure.kind !== 'refused'

/** What a failure that is no better at the next try means: for this request, or for all of them. */
async function endAt(failure: Final, line?: Line): Promise<Asked['end']> {
  if (failure.kind === 'refused') {
    const { tooLong, said } = failure
    if (tooLong || (await line?.wasEverAnswered())) {
      return { kind: 'failed', error: toStorable(said), tooLong }
    }
  }
  return { kind: 'stop', error: toStorable(failure.message) }
}

/** What a call has met on its way, for whoever waits with it. */
function tell(line: Line, startedAt: number, failure: Failure | null): Promise<void> {
  if (failure === null) return line.answered()
  if (failure.kind === 'unreachable') return line.lost(startedAt, failure.message)
  return line.reached()
}

type Tried = {
  record: CallRecord
  throttled: boolean
  failure: Failure | null
  /** Tries of the SDK within it whose connection broke, or that got no answer in time. */
  brokenOff: number
}

/** One call, with the SDK's own retries. Never throws: what went wrong stands in `failure`. */
export async function tryCall(
  request: ModelRequest,
  price: Price | null,
  signal?: AbortSignal,
): Promise<Tried> {
  const startedAt = Date.now()
  const base = {
    id: newId(),
    request: stripSharedParts(request),
    requestHash: hashRequest(request),
  }
  const ended = () => ({ latencyMs: Date.now() - startedAt, at: new Date() })
  const failedTries: unknown[] = []
  const countTries = (isOf: (error: unknown) => boolean) => failedTries.filter(isOf).length
  let output: ConverseCommandOutput
  try {
    output = await converse(request, signal, (error) => failedTries.push(error))
  } catch (error) {
    const failure = classifyFailure(error, request.modelId)
    const record: CallRecord = {
      ...base,
      ...ended(),
      status: 'failed',
      errorName: failure.name,
      errorMessage: toStorable(error instanceof Error ? error.message : String(error)),
      attempts: readAttempts(error),
    }
    const brokenOff = countTries(mayBePaid)
    return { record, throttled: failure.kind === 'throttled', failure, brokenOff }
  }
  const { $metadata, usage, stopReason } = output
  const use = {
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
    cacheReadTokens: usage?.cacheReadInputTokens ?? 0,
    cacheWriteTokens: usage?.cacheWriteInputTokens ?? 0,
  }
  const attempts = $metadata.attempts ?? 1
  const record: CallRecord = {
    ...base,
    ...ended(),
    ...use,
    status: 'ok',
    rawAnswer: toStorable(readText(output)),
    stopReason: stopReason ?? null,
    attempts,
    cost: price ? computeCost(use, price) : 0,
  }
  // The SDK repeats what was throttled or did not get there, and hardly anything else: more than one
  // try that got there means "slower".
  const throttled = attempts - countTries(isUnreachable) > 1
  return { record, throttled, failure: null, brokenOff: countTries(mayBePaid) }
}

const thrown = z.object({ $metadata: z.object({ attempts: z.number() }) })

function readAttempts(error: unknown): number {
  return thrown.safeParse(error).data?.$metadata.attempts ?? 1
}

function readText({ output }: ConverseCommandOutput): string {
  return (output?.message?.content ?? []).map((part) => part.text ?? '').join('')
}

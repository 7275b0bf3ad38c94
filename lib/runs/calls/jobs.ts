import { setTimeout as wait } from 'node:timers/promises'
import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime'
import { z } from 'zod'
import type { CaseContent } from '@/lib/cases/schema'
import { converse } from '@/lib/platform/bedrock'
import { newId } from '@/lib/platform/ids'
import type { Template } from '@/lib/versions/rendering/schema'
import { parseAnswer } from '../answers/rules'
import { chooseWait } from '../concurrency/rules'
import { classifyFailure, type Failure } from '../failures/rules'
import { computeCost, type Price } from '../models/rules'
import type { FoundSimilar } from '../neighbours/data'
import type { Outcome } from '../outcomes/mutations'
import {
  hashRequest,
  type ModelRequest,
  type RequestMaker,
  stripFixedPart,
  toStorable,
} from './rules'

/** Tries of one case beyond those that the SDK makes within a call. */
const MOST_TRIES = { retry: 3, throttled: 12 }

/** What a run's calls have in common. */
export type Asking = {
  runId: string
  modelId: string
  price: Price
  makeRequest: RequestMaker
  /** The form in which the prompt asks for an answer. */
  template: Template
  categories: readonly { id: string; key: string; name: string }[]
}

export type AskedCase = {
  caseId: string
  counts: boolean
  content: CaseContent
  /** The most similar last. */
  similar: readonly FoundSimilar[]
}

/** How a call went, for whoever sets the pace; times in ms. */
export type CallReport = { startedAt: number; now: number; throttled: boolean }

type CallRow = Outcome['calls'][number]

/** One request and what came of it, whatever it was for. */
type CallRecord = Omit<CallRow, 'runId'>

/**
 * Asks the model for one case until it answers, is given up, or (`stop`) nothing can be had from this
 * model at all. `signal` ends only the waiting between tries: an answer on its way is paid for.
 */
export async function askForCase(
  asking: Asking,
  { caseId, counts, content, similar }: AskedCase,
  report: (call: CallReport) => void,
  signal: AbortSignal,
): Promise<{ outcome: Outcome; stop: string | null }> {
  const { request, cut } = asking.makeRequest(content, similar)
  const beside = {
    similarIds: similar.map((one) => one.caseId),
    similarLabelIds: similar.map((one) => one.labelId),
  }
  const calls: CallRow[] = []
  const suggest = (said: Said, callId: string | undefined): Outcome['suggestion'] => ({
    id: newId(),
    runId: asking.runId,
    caseId,
    callId,
    counts,
    inputCut: cut,
    ...said,
  })
  const tries = { retry: 0, throttled: 0 }
  for (;;) {
    const startedAt = Date.now()
    const { record, failure, throttled } = await tryCall(request, asking.price)
    const call = { ...record, runId: asking.runId, ...beside }
    calls.push(call)
    // Any other failure says nothing about the pace.
    if (failure === null || throttled) report({ startedAt, now: Date.now(), throttled })
    if (failure === null) {
      const suggestion = suggest(readAnswer(asking, call), call.id)
      return { outcome: { caseId, calls, suggestion, error: null }, stop: null }
    }
    const error = toStorable(failure.message)
    if (failure.kind === 'stop') {
      return { outcome: { caseId, calls, suggestion: null, error }, stop: error }
    }
    tries[failure.kind] += 1
    if (tries[failure.kind] >= MOST_TRIES[failure.kind]) {
      const suggestion = suggest({ status: 'failed' }, call.id)
      return { outcome: { caseId, calls, suggestion, error }, stop: null }
    }
    const pause = chooseWait(tries[failure.kind], Math.random())
    await wait(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) {
      return { outcome: { caseId, calls, suggestion: null, error: null }, stop: null }
    }
  }
}

type Tried = { record: CallRecord; throttled: boolean; failure: Failure | null }

/** One call, with the SDK's own retries. Never throws: what went wrong stands in `failure`. */
export async function tryCall(
  request: ModelRequest,
  price: Price,
  signal?: AbortSignal,
): Promise<Tried> {
  const startedAt = Date.now()
  const base = {
    id: newId(),
    request: stripFixedPart(request),
    requestHash: hashRequest(request),
  }
  const ended = () => ({ latencyMs: Date.now() - startedAt, at: new Date() })
  let output: ConverseCommandOutput
  try {
    output = await converse(request, signal)
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
    return { record, throttled: failure.kind === 'throttled', failure }
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
    cost: computeCost(use, price),
  }
  // The SDK repeats what was throttled, and hardly anything else: more than one try means "slower".
  return { record, throttled: attempts > 1, failure: null }
}

const thrown = z.object({ $metadata: z.object({ attempts: z.number() }) })

function readAttempts(error: unknown): number {
  return thrown.safeParse(error).data?.$metadata.attempts ?? 1
}

function readText({ output }: ConverseCommandOutput): string {
  return (output?.message?.content ?? []).map((part) => part.text ?? '').join('')
}

type Said = Pick<
  NonNullable<Outcome['suggestion']>,
  'status' | 'labelId' | 'labelText' | 'explanation' | 'evidence'
>

function readAnswer({ categories, template }: Asking, { rawAnswer, stopReason }: CallRow): Said {
  const { labelKey, ...answer } = parseAnswer(rawAnswer ?? '', {
    categories,
    stopReason: stopReason ?? null,
    template,
  })
  const label = categories.find(({ key }) => key === labelKey)
  return { ...answer, labelId: label?.id ?? null }
}

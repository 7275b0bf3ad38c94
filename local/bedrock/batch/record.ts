import { createHash } from 'node:crypto'
import { writeConverseAnswer } from '../converse'
import { readConverseRequest } from '../converse-request'
import { BedrockError } from '../errors'
import { chooseFate, makeDraw } from '../faults'
import { readInvokeRequest, writeInvokeAnswer } from '../invoke-body'
import type { ModelAnswer, ModelCall } from '../model-call'
import { countTokens, type Model } from '../models'
import { isObject, type JsonObject } from '../shape'
import type { State } from '../state'
import { writeAnswer } from '../write-answer'
import type { Job, JobCounts } from './job'

/** A line of the output, and what it adds to the job's counts. */
export type AnsweredRecord = { line: string; counts: JobCounts; place: number }

const RECORD_ERRORS = [
  { errorCode: 408, errorMessage: 'Model has timed out in processing the request.' },
  { errorCode: 424, errorMessage: 'The model returned an error while processing the request.' },
  { errorCode: 500, errorMessage: 'Internal server error' },
]

/**
 * Answers one line of the input. `place` is where it comes in the output, among its neighbours: by
 * chance, as order is promised by nobody. Cache points are read and nothing is cached.
 */
export function answerRecord(text: string, job: Job, model: Model, state: State): AnsweredRecord {
  const { recordId, modelInput } = readRecord(text)
  const place = makeDraw(job.faults.seed, 1, text)('order')
  try {
    const read =
      job.request.modelInvocationType === 'Converse' ? readConverseRequest : readInvokeRequest
    const call = read(modelInput, model)
    const attempt = state.countAttempt(call.key)
    const draw = makeDraw(job.faults.seed, attempt, call.content)
    if (job.settings.recordErrorRate > 0 && draw('record') < job.settings.recordErrorRate) {
      const error = RECORD_ERRORS[Math.floor(draw('record error') * RECORD_ERRORS.length)]
      return { ...failed({ recordId, modelInput, error }), place }
    }
    return { ...answered(recordId, modelInput, call, attempt, { job, state }), place }
  } catch (thrown) {
    if (!(thrown instanceof BedrockError)) throw thrown
    const error = { errorCode: thrown.status, errorMessage: thrown.message }
    return { ...failed({ recordId, modelInput, error }), place }
  }
}

function answered(
  recordId: string,
  modelInput: unknown,
  call: ModelCall,
  attempt: number,
  { job, state }: { job: Job; state: State },
) {
  const fate = chooseFate(job.faults, call.content, attempt)
  const written = writeAnswer(call, fate, state, job.faults.seed)
  const answer: ModelAnswer = {
    ...written,
    inputTokens: call.inputTokens,
    outputTokens: countTokens(written.text),
    cacheRead: 0,
    cacheWritten: 0,
    cacheTtl: '5m',
    latencyMs: 0,
  }
  const modelOutput =
    job.request.modelInvocationType === 'Converse'
      ? writeConverseAnswer(answer)
      : writeInvokeAnswer(answer, call.model)
  const { inputTokens, outputTokens } = answer
  return {
    line: JSON.stringify({ modelInput, modelOutput, recordId }),
    counts: { processed: 1, success: 1, error: 0, inputTokens, outputTokens },
  }
}

function failed(said: { recordId: string; modelInput: unknown; error: unknown }) {
  const counts = { processed: 1, success: 0, error: 1, inputTokens: 0, outputTokens: 0 }
  return { line: JSON.stringify(said), counts }
}

/** A record without an id gets one of eleven characters, as the service gives it. */
function readRecord(text: string): { recordId: string; modelInput: unknown } {
  const given = parse(text)
  const { recordId, modelInput = {} } = given
  if (typeof recordId === 'string') return { recordId, modelInput }
  const made = createHash('sha256').update(text).digest('hex').slice(0, 11).toUpperCase()
  return { recordId: made, modelInput }
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

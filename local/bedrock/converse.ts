import type { Action } from './action'
import { answerCall } from './answer-call'
import { readConverseRequest } from './converse-request'
import type { ModelAnswer } from './model-call'
import { getModel } from './models'
import { parseJson } from './shape'

/** `POST /model/{modelId}/converse`, as client-bedrock-runtime 3.1162.0 sends and reads it. */
export const converse: Action = async ({ path, body, signal }, state) => {
  const model = getModel(path.modelId ?? '', state.denied)
  const answer = await answerCall(readConverseRequest(parseJson(body), model), state, signal)
  return { status: 200, body: writeConverseAnswer(answer) }
}

export function writeConverseAnswer(answer: ModelAnswer) {
  const { text, stopReason, inputTokens, outputTokens, cacheRead, cacheWritten, cacheTtl } = answer
  return {
    output: { message: { role: 'assistant', content: text === '' ? [] : [{ text }] } },
    stopReason,
    usage: {
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens + cacheRead + cacheWritten,
      cacheReadInputTokens: cacheRead,
      cacheWriteInputTokens: cacheWritten,
      ...(cacheWritten > 0 ? { cacheDetails: [{ ttl: cacheTtl, inputTokens: cacheWritten }] } : {}),
    },
    metrics: { latencyMs: answer.latencyMs },
  }
}

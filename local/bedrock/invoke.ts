import type { Action } from './action'
import { answerCall } from './answer-call'
import { readInvokeRequest, writeInvokeAnswer } from './invoke-body'
import { getModel } from './models'
import { parseJson } from './shape'

/** `POST /model/{modelId}/invoke` with Claude's own body. Every model here reads it. */
export const invoke: Action = async ({ path, body, signal }, state) => {
  const model = getModel(path.modelId ?? '', state.denied)
  const answer = await answerCall(readInvokeRequest(parseJson(body), model), state, signal)
  return {
    status: 200,
    body: writeInvokeAnswer(answer, model),
    headers: {
      'x-amzn-bedrock-input-token-count': String(answer.inputTokens),
      'x-amzn-bedrock-output-token-count': String(answer.outputTokens),
      'x-amzn-bedrock-cache-read-input-token-count': String(answer.cacheRead),
      'x-amzn-bedrock-cache-write-input-token-count': String(answer.cacheWritten),
      'x-amzn-bedrock-invocation-latency': String(answer.latencyMs),
    },
  }
}

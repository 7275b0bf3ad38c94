import { setTimeout as wait } from 'node:timers/promises'
import type { Action } from './action'
import { answerCase, renderAnswers } from './answer'
import { type ConverseRequest, readConverseRequest } from './converse-request'
import { BedrockError } from './errors'
import { chooseFate, type Fate } from './faults'
import { spoilAnswer } from './malformed'
import { countTokens, getModel } from './models'
import { asksAboutCase, findForm, readCases, teaches } from './prompt'
import { parseJson } from './shape'
import type { State } from './state'

type StopReason = 'end_turn' | 'max_tokens' | 'stop_sequence'

/** `POST /model/{modelId}/converse`, as client-bedrock-runtime 3.1162.0 sends and reads it. */
export const converse: Action = async ({ path, body, signal }, state) => {
  const started = performance.now()
  const model = getModel(path.modelId ?? '', state.denied)
  const request = readConverseRequest(parseJson(body), model)
  const fate = chooseFate(state.faults, request.content, state.countAttempt(request.content))
  state.stats.open += 1
  await meetFate(fate, signal).finally(() => {
    state.stats.open -= 1
  })
  const { text, stopReason } = writeAnswer(request, fate, state)
  const outputTokens = countTokens(text)
  const outcome = fate.malformed === null ? 'ok' : `malformed:${fate.malformed}`
  state.countOutcome(
    stopReason === 'max_tokens' ? 'cut_off' : outcome,
    request.inputTokens,
    outputTokens,
  )
  return {
    status: 200,
    body: {
      output: { message: { role: 'assistant', content: text === '' ? [] : [{ text }] } },
      stopReason,
      usage: {
        inputTokens: request.inputTokens,
        outputTokens,
        totalTokens: request.inputTokens + outputTokens,
        cacheReadInputTokens: 0,
        cacheWriteInputTokens: 0,
      },
      metrics: { latencyMs: Math.round(performance.now() - started) },
    },
  }
}

async function meetFate(fate: Fate, signal: AbortSignal): Promise<void> {
  if (fate.latencyMs > 0) await wait(fate.latencyMs, undefined, { signal })
  if (fate.hangs) await untilAborted(signal)
  if (fate.error !== null) throw new BedrockError(fate.error)
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function writeAnswer(
  { system, turns, maxTokens, stopSequences }: ConverseRequest,
  fate: Fate,
  state: State,
): { text: string; stopReason: StopReason } {
  const asked = turns.filter((turn) => turn.role === 'user').map((turn) => turn.text)
  const question = asked.findLast(asksAboutCase) ?? asked.at(-1) ?? ''
  // Examples may stand beside the question too. Otherwise the same instructions are learnt once.
  const classifier = teaches(question) ? state.learn(system, question) : state.learn(system)
  const answers = readCases(question).map((one) => answerCase(classifier, one))
  const form = findForm(system.trim() === '' ? question : system)
  const said =
    fate.malformed === null
      ? renderAnswers(answers, form)
      : spoilAnswer(fate.malformed, answers, form)
  const stopAt = stopSequences.map((one) => said.indexOf(one)).filter((index) => index >= 0)
  const stopped = stopAt.length > 0 ? said.slice(0, Math.min(...stopAt)) : said
  const room = fate.cutOff ? Math.floor(stopped.length / 2) : maxTokens * 4
  if (fate.cutOff || stopped.length > room) {
    return { text: stopped.slice(0, room), stopReason: 'max_tokens' }
  }
  return { text: stopped, stopReason: stopAt.length > 0 ? 'stop_sequence' : 'end_turn' }
}

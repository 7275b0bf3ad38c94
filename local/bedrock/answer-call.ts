import { setTimeout as wait } from 'node:timers/promises'
import { BedrockError } from './errors'
import { chooseFate, type Fate } from './faults'
import type { ModelAnswer, ModelCall } from './model-call'
import { countTokens } from './models'
import { invalid } from './shape'
import type { State } from './state'
import { writeAnswer } from './write-answer'

/** Answers one call on demand: quota, fate, prompt cache, answer, counts. */
export async function answerCall(
  call: ModelCall,
  state: State,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const started = performance.now()
  const { model, inputTokens, maxTokens, cachePoints, content, key } = call
  refuse(call, state)
  const plan = state.cache.plan(cachePoints)
  // Before the fate: a throttled call is no attempt, or answers would depend on when calls come.
  state.limits.take(model.id, inputTokens - plan.read + maxTokens)
  const fate = chooseFate(state.faults, content, state.countAttempt(key), model.id)
  state.stats.open += 1
  await meetFate(fate, signal).finally(() => {
    state.stats.open -= 1
  })
  const written = writeAnswer(call, fate, state)
  const outputTokens = countTokens(written.text)
  state.limits.giveBack(model.id, maxTokens - outputTokens)
  state.cache.keep(cachePoints)
  state.countOutcome(nameOutcome(fate, written.stopReason), inputTokens, outputTokens)
  return {
    ...written,
    inputTokens: inputTokens - plan.read - plan.written,
    outputTokens,
    cacheRead: plan.read,
    cacheWritten: plan.written,
    cacheTtl: plan.ttl,
    latencyMs: Math.round(performance.now() - started),
  }
}

/** As the service does before it counts a call. */
function refuse({ inputTokens, turns }: ModelCall, { faults }: State): void {
  const { window, refusedText } = faults
  if (window !== null && inputTokens > window)
    throw invalid('Input is too long for requested model.')
  if (refusedText !== null && turns.some(({ text }) => text.includes(refusedText))) {
    throw new BedrockError('ValidationException')
  }
}

function nameOutcome(fate: Fate, stopReason: string): string {
  if (stopReason === 'max_tokens') return 'cut_off'
  if (fate.malformed !== null) return `malformed:${fate.malformed}`
  return fate.pack === null ? 'ok' : `pack:${fate.pack.kind}`
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

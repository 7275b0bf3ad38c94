import { SMALLEST_CASE } from '../../rendering/cases/rules'
import { estimateTokens, measureRoomForCase, renderFixedPart } from '../../rendering/rules'
import type { PromptContent } from '../../rendering/schema'
import type { Check, CheckFacts, CheckKind } from '../schema'

/** A prompt longer than this costs more in every call than its last parts are likely to bring. */
const SOFT_BUDGET = 20_000
const SOFT_SHARE_OF_WINDOW = 0.5
/** Of the room for a case, what is left when similar examples stand before it. */
const SHARE_BESIDE_SIMILAR = 2 / 3

const COUNT = new Intl.NumberFormat('en-US')

/** Models that can’t be asked, as far as they are still those of the draft. */
export function checkModels({ model }: PromptContent, facts: CheckFacts | null): Check[] {
  const named = [model.modelId, model.mendModelId]
  return (facts?.missingModels ?? [])
    .filter(({ modelId }) => named.includes(modelId))
    .map(({ modelId, sentence }) => ({
      ...check('no_model', 'blocks', sentence),
      id: `no_model ${modelId}`,
    }))
}

/** Whether prompt, answer and a usual case fit into what the model takes. */
export function checkBudget(content: PromptContent, facts: CheckFacts | null): Check[] {
  const { modelId, maxTokens } = content.model
  // Another model's window says nothing about this one: the figures come with the next save.
  if (facts?.modelId !== modelId) return []
  const { window, usualCase } = facts
  const prompt = renderFixedPart(content)
  const tokens = estimateTokens(prompt)
  const room = measureRoomForCase(prompt, maxTokens, window)
  const sums = `The prompt takes ${COUNT.format(tokens)} tokens and the answer may take ${COUNT.format(maxTokens)}, of the ${COUNT.format(window)} that ${modelId} takes`
  const shorten = 'Shorten the prompt, switch examples off, or allow a shorter answer.'
  if (room < SMALLEST_CASE) {
    return [check('no_room', 'blocks', `${sums}: there is no room for a case. ${shorten}`)]
  }
  const forCase = content.similarExamples > 0 ? room * SHARE_BESIDE_SIMILAR : room
  if (usualCase !== null && forCase < usualCase) {
    return [check('little_room', 'warns', `${sums}: one case in ten will be cut. ${shorten}`)]
  }
  const soft = Math.min(SOFT_BUDGET, window * SOFT_SHARE_OF_WINDOW)
  if (tokens <= soft) return []
  const sentence = `The prompt takes ${COUNT.format(tokens)} tokens, which every case pays for. Below ${COUNT.format(soft)} it is cheaper, and the model overlooks less.`
  return [check('long_prompt', 'warns', sentence)]
}

function check(kind: CheckKind, level: Check['level'], sentence: string): Check {
  return { id: kind, kind, level, sentence, place: { part: 'settings' } }
}

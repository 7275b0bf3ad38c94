import { abilitiesOf } from '../models/rules'
import type { PromptContent } from '../rendering/schema'
import type { Departures, SetupMode } from './schema'

type Examples = readonly { id: string; enabled: boolean; position: number }[]

const inUse = (examples: Examples) =>
  examples
    .filter(({ enabled }) => enabled)
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))

/** Examples that a model is shown with every case. */
export const countFixedExamples = ({ examples }: { examples: Examples }): number =>
  inUse(examples).length

/**
 * What a version says with these departures written into it. Another model takes what it can take: a
 * shorter answer where it must, and no temperature where it has none.
 */
export function depart(content: PromptContent, departures: Departures): PromptContent {
  const { modelId, temperature, fixedExamples, answers, sample } = departures
  const model = { ...content.model }
  if (temperature !== undefined) model.temperature = temperature
  if (modelId !== undefined && modelId !== model.modelId) {
    model.modelId = modelId
    model.maxTokens = Math.min(model.maxTokens, abilitiesOf(modelId).longestAnswer)
  }
  const changed = modelId !== undefined || temperature !== undefined
  if (changed && !abilitiesOf(model.modelId).temperature) model.temperature = null
  return {
    ...content,
    model,
    examples: keepFirst(content.examples, fixedExamples),
    similarExamples: departures.similarExamples ?? content.similarExamples,
    packSize: departures.packSize ?? content.packSize,
    answerFormat: {
      kind: answers ?? content.answerFormat.kind,
      sample: sample ?? content.answerFormat.sample,
    },
  }
}

function keepFirst(
  examples: PromptContent['examples'],
  n: number | undefined,
): PromptContent['examples'] {
  if (n === undefined) return examples
  const kept = new Set(
    inUse(examples)
      .slice(0, n)
      .map(({ id }) => id),
  )
  return examples.map((example) => ({ ...example, enabled: kept.has(example.id) }))
}

/** Departures that change something: one that is what the version says already is none. */
export function keepDiffering(content: PromptContent, departures: Departures): Departures {
  const departed = depart(content, departures)
  const { modelId, temperature, fixedExamples, answers, sample, mode } = departures
  const differing: Departures = {}
  if (departed.model.modelId !== content.model.modelId) differing.modelId = modelId
  // A model without a temperature has lost it by being another model.
  if (departed.model.temperature !== content.model.temperature && temperature !== undefined) {
    if (departed.model.temperature !== null) differing.temperature = temperature
  }
  if (countFixedExamples(departed) !== countFixedExamples(content)) {
    differing.fixedExamples = fixedExamples
  }
  if (departed.similarExamples !== content.similarExamples) {
    differing.similarExamples = departed.similarExamples
  }
  if (departed.packSize !== content.packSize) differing.packSize = departed.packSize
  if (departed.answerFormat.kind !== content.answerFormat.kind) differing.answers = answers
  if (departed.answerFormat.sample !== content.answerFormat.sample) differing.sample = sample
  if (mode === 'batch') differing.mode = mode
  return differing
}

/** What makes two set-ups the same one. */
export type SetupIdentity = {
  versionId: string
  packSize: number
  similarExamples: number
  mode: SetupMode
  variant: string
}

/** The set-up of a version with departures. */
export function identifySetup(
  versionId: string,
  content: PromptContent,
  departures: Departures,
): SetupIdentity {
  const { packSize, similarExamples, mode, ...rest } = keepDiffering(content, departures)
  return {
    versionId,
    packSize: packSize ?? content.packSize,
    similarExamples: similarExamples ?? content.similarExamples,
    mode: mode ?? 'on_demand',
    variant: writeVariant(rest),
  }
}

/** Canonical: keys in order, nothing for what does not depart. */
function writeVariant(departures: Departures): string {
  const entries = Object.entries(departures)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries))
}

type Own = { packSize: number; similarExamples: number }

/**
 * Whether a set-up is something else than its version, which its runs then do not speak for. In batch
 * a model is sent the same as on demand.
 */
export const departsFromVersion = (setup: Own & { variant: string }, version: Own): boolean =>
  setup.variant !== '' ||
  setup.packSize !== version.packSize ||
  setup.similarExamples !== version.similarExamples

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** In a few words, in the order in which a prompt is built; empty for none. */
export function describeDepartures(departures: Departures): string {
  const { modelId, temperature, fixedExamples, similarExamples, packSize } = departures
  const { answers, sample, mode } = departures
  return [
    modelId,
    temperature === undefined ? null : `temperature ${temperature}`,
    fixedExamples === undefined
      ? null
      : fixedExamples === 0
        ? 'no examples'
        : plural(fixedExamples, 'example', 'examples'),
    similarExamples === undefined
      ? null
      : similarExamples === 0
        ? 'no similar examples'
        : `${similarExamples} similar`,
    packSize === undefined ? null : packSize === 1 ? 'one by one' : `packs of ${packSize}`,
    answers === undefined ? null : answers === 'schema' ? 'answers by schema' : 'answers in XML',
    sample === undefined ? null : `${sample} sample`,
    mode === 'batch' ? 'batch' : null,
  ]
    .filter((word) => word !== null && word !== undefined)
    .join(', ')
}

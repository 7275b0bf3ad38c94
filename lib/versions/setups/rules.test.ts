import { describe, expect, test } from 'vitest'
import { contentHash } from '../fingerprint/rules'
import { type PromptContent, promptContent } from '../rendering/schema'
import { setupOf } from '../rules'
import {
  countFixedExamples,
  depart,
  departsFromVersion,
  describeDepartures,
  identifySetup,
  keepDiffering,
} from './rules'
import type { Departures } from './schema'

const example = (id: string, position: number, enabled = true) => ({
  ...{ id, position, enabled, kind: 'good' as const, caseText: 'My invoice is wrong.' },
  ...{ labelKey: 'billing', wrongLabelKey: null, explanation: '' },
})

const content: PromptContent = promptContent.parse({
  persona: 'You sort cases.',
  rules: '',
  categories: [{ key: 'billing', name: 'Billing', description: '' }],
  examples: [example('c', 3), example('a', 1), example('off', 0, false), example('b', 2)],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'closecall.lexical-v1', maxTokens: 4_000, temperature: 0.2 },
  similarExamples: 2,
  packSize: 5,
})

const inUse = ({ examples }: PromptContent) =>
  examples.filter(({ enabled }) => enabled).map(({ id }) => id)

describe('departing', () => {
  test('from nothing leaves all as it is', () => expect(depart(content, {})).toEqual(content))

  test('keeps the first examples by their position, and switches none on', () => {
    expect(inUse(depart(content, { fixedExamples: 2 })).sort()).toEqual(['a', 'b'])
    expect(inUse(depart(content, { fixedExamples: 0 }))).toEqual([])
    expect(inUse(depart(content, { fixedExamples: 10 })).sort()).toEqual(['a', 'b', 'c'])
    expect(countFixedExamples(content)).toBe(3)
  })

  test('another model answers no longer than it can, and has no temperature where it takes none', () => {
    const small = depart(content, { modelId: 'closecall.lexical-small-v1' })
    expect(small.model).toMatchObject({ maxTokens: 2_048, temperature: 0.2 })
    const opus = depart(content, { modelId: 'anthropic.claude-opus-4-7-v1:0', temperature: 1 })
    expect(opus.model).toMatchObject({ temperature: null, maxTokens: 4_000 })
  })

  test('writes down packs, similar examples and the answer’s form', () => {
    const departures = {
      packSize: 10,
      similarExamples: 0,
      answers: 'schema',
      sample: 'full',
    } as const
    expect(depart(content, departures)).toMatchObject({
      ...{ packSize: 10, similarExamples: 0 },
      answerFormat: { kind: 'schema', sample: 'full' },
    })
  })
})

describe('the identity of a set-up', () => {
  const identify = (departures: Departures) => identifySetup('v', content, departures)

  test('without departures it is the version’s own', () => {
    expect(identify({})).toEqual(setupOf({ id: 'v', ...content }))
  })

  test('a departure that is what the version says is none', () => {
    const same: Departures = {
      ...{ modelId: 'closecall.lexical-v1', temperature: 0.2, fixedExamples: 3 },
      similarExamples: 2,
      packSize: 5,
      answers: 'xml',
      sample: 'short',
      mode: 'on_demand',
    }
    expect(keepDiffering(content, same)).toEqual({})
    expect(identify(same)).toEqual(identify({}))
    expect(identify({ fixedExamples: 10 })).toEqual(identify({}))
    expect(contentHash(depart(content, same))).toBe(contentHash(content))
  })

  test('the temperature of a model that takes none is no departure of its own', () => {
    const modelId = 'anthropic.claude-opus-4-7-v1:0'
    expect(identify({ modelId, temperature: 0.7 })).toEqual(identify({ modelId }))
  })

  test('packs, similar examples and mode stand in columns, the rest as canonical JSON', () => {
    expect(identify({ packSize: 1, similarExamples: 10, mode: 'batch' })).toEqual({
      ...{ versionId: 'v', packSize: 1, similarExamples: 10, mode: 'batch', variant: '' },
    })
    const variant = '{"answers":"schema","fixedExamples":2,"temperature":0.9}'
    expect(identify({ temperature: 0.9, fixedExamples: 2, answers: 'schema' })).toEqual({
      ...identify({}),
      variant,
    })
    expect(identify({ answers: 'schema', temperature: 0.9, fixedExamples: 2 }).variant).toBe(
      variant,
    )
  })

  test.each([
    [{ packSize: 1 }],
    [{ similarExamples: 0 }],
    [{ fixedExamples: 1 }],
    [{ temperature: 0 }],
    [{ modelId: 'closecall.lexical-small-v1' }],
    [{ answers: 'schema' }],
    [{ sample: 'full' }],
  ] as const)(
    '%j is another prompt than the version’s, and does not speak for it',
    (departures) => {
      expect(contentHash(depart(content, departures))).not.toBe(contentHash(content))
      expect(departsFromVersion(identify(departures), content)).toBe(true)
    },
  )

  test('in batch a model is sent the same', () => {
    expect(contentHash(depart(content, { mode: 'batch' }))).toBe(contentHash(content))
    expect(departsFromVersion(identify({ mode: 'batch' }), content)).toBe(false)
  })
})

test('departures in a few words', () => {
  expect(describeDepartures({})).toBe('')
  expect(
    describeDepartures({
      ...{ fixedExamples: 0, similarExamples: 5, packSize: 10, answers: 'schema', mode: 'batch' },
      ...{ temperature: 0.5, modelId: 'm', sample: 'full' },
    }),
  ).toBe(
    'm, temperature 0.5, no examples, 5 similar, packs of 10, answers by schema, full sample, batch',
  )
})

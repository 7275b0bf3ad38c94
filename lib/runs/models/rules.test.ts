import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { abilitiesOf } from '@/lib/versions/models/rules'
import { MODELS } from '@/local/bedrock/models'
import { findNoModel, findWindow, STAND_IN_WINDOWS } from './rules'

test('windows: the stand-in’s own, the table’s, a cautious one for unknown models', () => {
  expect(findWindow('closecall.lexical-small-v1')).toBe(4_000)
  expect(findWindow('amazon.nova-lite-v1:0')).toBe(300_000)
  expect(findWindow('acme.unheard-of-v1')).toBe(32_000)
})

test('the stand-in’s windows are those that it keeps itself', () => {
  const source = readFileSync('local/bedrock/models.ts', 'utf8')
  const served = [...source.matchAll(/id: '([^']+)', window: ([\d_]+)/g)].map(
    ([, id, window]) => [id, Number(window?.replaceAll('_', ''))] as const,
  )
  expect(Object.fromEntries(served)).toEqual(STAND_IN_WINDOWS)
})

test.each(MODELS.map((model) => [model.id, model] as const))(
  'what the stand-in’s %s can do is known',
  (id, { structured, cache, longestAnswer, sampling }) => {
    expect(abilitiesOf(id)).toMatchObject({
      schema: structured,
      cacheFrom: cache?.smallest ?? null,
      longestAnswer,
      temperature: sampling !== 'none',
    })
  },
)

test('of real models, the newest take no temperature, and older ones keep to no schema', () => {
  expect(abilitiesOf('us.anthropic.claude-opus-4-7').temperature).toBe(false)
  expect(abilitiesOf('us.anthropic.claude-sonnet-4-6')).toMatchObject({
    schema: true,
    cacheFrom: 1_024,
  })
  expect(abilitiesOf('global.anthropic.claude-haiku-4-5-20251001-v1:0').cacheFrom).toBe(4_096)
  expect(abilitiesOf('anthropic.claude-3-5-sonnet-20240620-v1:0').schema).toBe(false)
  expect(abilitiesOf('acme.unheard-of-v1')).toMatchObject({ schema: false, cacheFrom: null })
})

test('with the stand-in only its own models are there', () => {
  expect(findNoModel('closecall.echo-v1', true)).toBeNull()
  for (const id of ['nonsense', 'toString', 'us.anthropic.claude-sonnet-4-6']) {
    expect(findNoModel(id, true)).toMatch(`“${id}” is no model of the local stand-in`)
  }
})

test.each([
  'amazon.nova-lite-v1:0',
  'amazon.nova-pro-v1:0:300k',
  'us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0',
  'zai.glm-4.7',
  'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
  'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0',
])('%s is written as Bedrock names models', (id) => {
  expect(findNoModel(id, false)).toBeNull()
})

test.each(['nonsense', 'nonsense model!!', 'model!!', 'claude 3.5', '.claude', 'arn:aws:s3:::a/b'])(
  '%s is not',
  (id) => {
    expect(findNoModel(id, false)).toMatch(`“${id}” is no id of a Bedrock model`)
  },
)

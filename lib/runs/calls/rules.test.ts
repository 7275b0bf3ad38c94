import { expect, test } from 'vitest'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import {
  hashRequest,
  prepareRequests,
  readSystem,
  rebuildRequest,
  stripSharedParts,
  toStorable,
} from './rules'

const content: PromptContent = {
  persona: 'You sort support cases.',
  rules: 'In order.',
  categories: [
    { key: 'a', name: 'A', description: 'first' },
    { key: 'b', name: 'B', description: 'second' },
  ],
  examples: [],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'some.model', maxTokens: 512, temperature: 0.2 },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
}
const oneCase = (text: string) => ({
  subject: 'Help',
  messages: [{ author: 'Pat', role: 'customer' as const, time: null, text }],
})

test('the fixed part is the system text, the case the only message, maxTokens always set', () => {
  const { request, cut } = prepareRequests(content, 32_000)([oneCase('It breaks')])
  expect(cut).toEqual([false])
  expect(request.modelId).toBe('some.model')
  expect(request.inferenceConfig).toEqual({ maxTokens: 512, temperature: 0.2 })
  expect(readSystem(request)).toContain('You sort support cases.')
  expect(readSystem(request)).not.toContain('It breaks')
  expect(request.messages).toHaveLength(1)
  expect(request.messages[0]?.content[0]?.text).toContain('It breaks')
})

test('a model that takes no temperature gets none', () => {
  const settings = { ...content, model: { ...content.model, temperature: null } }
  const { request } = prepareRequests(settings, 32_000)([oneCase('x')])
  expect(request.inferenceConfig).toEqual({ maxTokens: 512 })
})

test('a case that is too long is cut and says so', () => {
  const { request, cut } = prepareRequests(content, 4_000)([oneCase('word '.repeat(20_000))])
  expect(cut).toEqual([true])
  expect(request.messages[0]?.content[0]?.text.length).toBeLessThan(16_000)
})

test('a prompt that leaves no room is refused with what to do', () => {
  const long = { ...content, rules: 'x'.repeat(14_000) }
  expect(() => prepareRequests(long, 4_000)).toThrow(/leaves no room.*shorten it/)
})

test('what is stored gives the request back, whatever the order of keys', () => {
  const { request } = prepareRequests(content, 32_000)([oneCase('It breaks')])
  const { messages, modelId, inferenceConfig } = stripSharedParts(request)
  const stored = { inferenceConfig: { temperature: 0.2, maxTokens: 512 }, messages, modelId }
  expect(inferenceConfig).toEqual(stored.inferenceConfig)
  const call = { request: stored, requestHash: hashRequest(request) }
  expect(rebuildRequest(content, call)).toEqual({ request, exact: true })
  const other = { ...content, rules: 'Other rules.' }
  expect(rebuildRequest(other, call).exact).toBe(false)
})

test('a request that is stored whole comes back whole, with its own schema', () => {
  const { request } = prepareRequests(content, 32_000)([oneCase('It breaks')])
  const jsonSchema = { name: 'judgement', schema: '{"type":"object"}' }
  const whole = {
    ...request,
    system: [{ text: 'You check the work of another model.' }],
    outputConfig: { textFormat: { type: 'json_schema' as const, structure: { jsonSchema } } },
  }
  const call = { request: whole, requestHash: hashRequest(whole) }
  expect(rebuildRequest(content, call)).toEqual({ request: whole, exact: true })
})

test('every part of a request moves its hash', () => {
  const { request } = prepareRequests(content, 32_000)([oneCase('It breaks')])
  const others = [
    { ...request, modelId: 'other' },
    { ...request, system: [{ text: 'other' }] },
    { ...request, messages: [] },
    { ...request, inferenceConfig: { maxTokens: 511, temperature: 0.2 } },
    { ...request, inferenceConfig: { maxTokens: 512 } },
  ]
  const hashes = new Set([request, ...others].map(hashRequest))
  expect(hashes.size).toBe(6)
})

test('text that PostgreSQL can’t keep is made so that it can', () => {
  expect(toStorable('a\0b\ud800c')).toBe('a\uFFFDb\uFFFDc')
  expect(toStorable('plain 😀')).toBe('plain 😀')
})

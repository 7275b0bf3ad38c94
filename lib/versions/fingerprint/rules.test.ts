import { expect, test } from 'vitest'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import { askedHash, contentHash } from './rules'

const example = {
  id: 'e1',
  kind: 'good' as const,
  caseText: 'text',
  labelKey: 'a',
  wrongLabelKey: null,
  explanation: 'why',
  enabled: true,
  position: 1,
}
const content: PromptContent = {
  persona: 'p',
  rules: 'r',
  categories: [
    { key: 'a', name: 'A', description: 'd' },
    { key: 'b', name: 'B', description: 'd' },
  ],
  examples: [example, { ...example, id: 'e2', position: 2 }],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 512, temperature: null },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
}

test('does not depend on the order of keys, nor on the order in which examples arrive', () => {
  const reordered = Object.fromEntries(Object.entries(content).reverse()) as PromptContent
  expect(contentHash(reordered)).toBe(contentHash(content))
  expect(contentHash({ ...content, examples: content.examples.toReversed() })).toBe(
    contentHash(content),
  )
  expect(contentHash(content)).toMatch(/^[0-9a-f]{64}$/)
})

test.each<[string, Partial<PromptContent>]>([
  ['a text', { persona: 'p ' }],
  ['the order of categories', { categories: content.categories.toReversed() }],
  ['a switched-off example', { examples: [{ ...example, enabled: false }] }],
  ['the template', { template: 'json' }],
  ['the number of similar examples', { similarExamples: 2 }],
  ['the number of cases in a call', { packSize: 5 }],
  ['an answer by schema', { answerFormat: { kind: 'schema', sample: 'short' } }],
  ['the model', { model: { ...content.model, temperature: 0 } }],
])('changes with %s', (_what, change) => {
  expect(contentHash({ ...content, ...change })).not.toBe(contentHash(content))
})

test('content from before there were templates and similar examples has the hash it had then', () => {
  const before = 'f95806be29e6fef86280e3223e7f7f8ea9dbeb375e2a7271da9c992cdb26ee9c'
  expect(contentHash(content)).toBe(before)
  const { template: _, similarExamples: __, packSize: ___, ...old } = content
  expect(contentHash(promptContent.parse(old))).toBe(before)
})

test('leaves the content it was given as it is', () => {
  const backwards = { ...content, examples: content.examples.toReversed() }
  contentHash(backwards)
  expect(backwards.examples.map(({ id }) => id)).toEqual(['e2', 'e1'])
})

test('a copy asks the same, whatever its examples are called and which ones are switched off', () => {
  const off = { ...example, id: 'e3', position: 0, enabled: false }
  const copy = content.examples.map((one) => ({ ...one, id: `copy of ${one.id}` }))
  expect(askedHash({ ...content, examples: [...copy, off] })).toBe(askedHash(content))
  expect(contentHash({ ...content, examples: copy })).not.toBe(contentHash(content))
  const swapped = copy.map((one) => ({ ...one, position: -one.position, caseText: one.id }))
  const named = copy.map((one) => ({ ...one, caseText: one.id }))
  expect(askedHash({ ...content, examples: swapped })).not.toBe(
    askedHash({ ...content, examples: named }),
  )
  expect(askedHash({ ...content, examples: copy.slice(1) })).not.toBe(askedHash(content))
})

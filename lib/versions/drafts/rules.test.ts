import { expect, test } from 'vitest'
import type { PromptContent, PromptExample } from '../rendering/schema'
import { describeChanges, explainConflict } from './rules'

const example: PromptExample = {
  id: 'e',
  kind: 'bad',
  caseText: 'A case',
  labelKey: 'a',
  wrongLabelKey: 'b',
  explanation: '',
  enabled: true,
  position: 0,
}

const content: PromptContent = {
  persona: 'P',
  rules: 'R',
  categories: [
    { key: 'a', name: 'Alpha', description: 'first' },
    { key: 'b', name: 'Beta', description: 'second' },
  ],
  examples: [example],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 100, temperature: null },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
}

test('one line says what changed', () => {
  expect(describeChanges(null, content)).toBe('First version')
  expect(describeChanges(content, content)).toBe('Nothing changed yet')
  const examples = [1, 2, 3].map((n) => ({ ...example, id: String(n) }))
  const [alpha, beta] = content.categories
  const categories = [{ ...alpha, key: 'a', name: 'Alpha', description: 'new' }, beta].filter(
    (one) => one !== undefined,
  )
  expect(describeChanges(content, { ...content, examples, categories })).toBe(
    '2 bad examples added · description of Alpha changed',
  )
  expect(describeChanges(content, { ...content, examples: [], persona: 'Q' })).toBe(
    '1 bad example removed · persona changed',
  )
  expect(describeChanges(content, { ...content, template: 'inst', similarExamples: 5 })).toBe(
    'template changed · 5 similar examples',
  )
})

test.each<[string, Partial<PromptContent>]>([
  ['1 bad example edited', { examples: [{ ...example, id: 'new', explanation: 'Better.' }] }],
  ['1 bad example edited', { examples: [{ ...example, id: 'new', caseText: 'A … case' }] }],
  ['1 bad example switched off', { examples: [{ ...example, enabled: false }] }],
  ['category Beta removed', { categories: content.categories.slice(0, 1) }],
  ['categories reordered', { categories: [...content.categories].reverse() }],
  ['form of the bad examples changed', { badExampleForm: 'corrected_with_rule' }],
  ['answer format changed', { answerFormat: { kind: 'xml', sample: 'full' } }],
  ['longest answer changed', { model: { ...content.model, maxTokens: 200 } }],
  ['temperature changed', { model: { ...content.model, temperature: 0.5 } }],
])('says “%s”', (line, change) => {
  expect(describeChanges(content, { ...content, ...change })).toBe(line)
})

test('a category that is new to the draft is not a changed order', () => {
  const gamma = { key: 'c', name: 'Gamma', description: 'third' }
  const categories = [gamma, ...content.categories]
  expect(describeChanges(content, { ...content, categories })).toBe('category Gamma added')
})

test('a conflict names who and when', () => {
  const late = { by: 'Ben', at: new Date('2026-01-02T03:04:05Z'), frozenAs: null, archived: false }
  expect(explainConflict(late)).toMatch(/^Ben changed this draft at 03:04 UTC\./)
  expect(explainConflict({ ...late, frozenAs: 3 })).toMatch(/frozen as v3/)
})

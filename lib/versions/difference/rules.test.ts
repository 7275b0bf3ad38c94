import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { countChanges, diffSections } from './rules'

const parent: PromptContent = {
  persona: 'You sort cases.',
  rules: 'One.\nTwo.\nThree.',
  categories: [{ key: 'a', name: 'A', description: 'All.' }],
  examples: [],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 512, temperature: null },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
}
const bad = {
  id: 'e',
  kind: 'bad' as const,
  caseText: 'text',
  labelKey: 'a',
  wrongLabelKey: null,
  explanation: 'why',
  enabled: true,
  position: 1,
}

describe('difference by section', () => {
  test('shows the changed line among the unchanged ones', () => {
    const sections = diffSections(parent, { ...parent, rules: 'One.\nTwo!\nThree.' })
    expect(sections.filter(({ added, removed }) => added + removed > 0)).toEqual([
      {
        name: 'rules',
        added: 1,
        removed: 1,
        lines: [
          { kind: 'unchanged', text: '<rules>' },
          { kind: 'unchanged', text: 'One.' },
          { kind: 'removed', text: 'Two.' },
          { kind: 'added', text: 'Two!' },
          { kind: 'unchanged', text: 'Three.' },
          { kind: 'unchanged', text: '</rules>' },
        ],
      },
    ])
  })

  test('lines that stand together are one change, wherever they stand', () => {
    const changes = (draft: Partial<PromptContent>) =>
      countChanges(diffSections(parent, { ...parent, ...draft }))
    expect(changes({})).toBe(0)
    expect(changes({ rules: 'One.\nTwo!\nThree!' })).toBe(1)
    expect(changes({ rules: 'One!\nTwo.\nThree!' })).toBe(2)
    expect(changes({ rules: 'One!\nTwo.\nThree!', persona: 'You read.' })).toBe(3)
    expect(changes({ examples: [bad] })).toBe(1)
  })

  test('a section that only one of them has is all added or all removed', () => {
    const draft = { ...parent, examples: [bad] }
    const added = diffSections(parent, draft).find(({ name }) => name === 'bad_examples')
    expect(added?.lines.every(({ kind }) => kind === 'added')).toBe(true)
    const removed = diffSections(draft, parent).find(({ name }) => name === 'bad_examples')
    expect(removed?.lines.every(({ kind }) => kind === 'removed')).toBe(true)
  })

  test('an example that was switched off is removed from what the model is sent', () => {
    const draft = { ...parent, examples: [{ ...bad, enabled: false }] }
    expect(diffSections({ ...parent, examples: [bad] }, draft).map(({ name }) => name)).toContain(
      'bad_examples',
    )
    expect(diffSections(parent, draft).every(({ added, removed }) => added + removed === 0)).toBe(
      true,
    )
  })

  test('model settings are a section of their own', () => {
    const model = { ...parent.model, maxTokens: 256 }
    const changed = diffSections(parent, { ...parent, model }).at(-1)
    expect(changed).toMatchObject({ name: 'model', added: 1, removed: 1 })
    const other = { ...parent, template: 'json', similarExamples: 2 } as const
    expect(diffSections(parent, other).at(-1)).toMatchObject({ name: 'model', added: 2 })
  })

  test('without a parent everything is added', () => {
    const lines = diffSections(null, parent).flatMap((section) => section.lines)
    expect(lines.every(({ kind }) => kind === 'added')).toBe(true)
  })

  test('unchanged and added lines give the draft, unchanged and removed ones the parent', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const old = { ...parent, rules: before.join('\n') }
        const draft = { ...parent, rules: after.join('\n') }
        const { lines } = diffSections(old, draft).find(({ name }) => name === 'rules') ?? {}
        const without = (left: string) =>
          lines?.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('\n')
        const rules = (content: PromptContent) =>
          renderSections(content).find(({ name }) => name === 'rules')?.text
        expect(without('removed')).toBe(rules(draft))
        expect(without('added')).toBe(rules(old))
      }),
    )
  })

  test('a section replaced by thousands of other lines is shown as replaced', () => {
    const lines = (prefix: string) =>
      Array.from({ length: 3_000 }, (_, i) => `${prefix}${i}`).join('\n')
    const rules = diffSections(
      { ...parent, rules: lines('a') },
      { ...parent, rules: lines('b') },
    ).find(({ name }) => name === 'rules')
    // The lines around them stay.
    expect(rules?.lines).toHaveLength(6_002)
    expect(rules).toMatchObject({ added: 3_000, removed: 3_000 })
  })
})

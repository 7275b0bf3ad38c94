import type { ExampleView, VersionView } from '../../schema'
import { type DraftContent, nextPosition, type Step } from '../steps/rules'

/** Drafts and steps for tests of the pure rules. */

export const makeExample = (id: string, position: number): ExampleView => ({
  id,
  position,
  kind: position % 2 === 0 ? 'good' : 'bad',
  caseId: `case of ${id}`,
  externalId: id.toUpperCase(),
  subject: `Subject of ${id}`,
  reviewId: null,
  text: `Text of ${id}`,
  labelId: 'a',
  wrongLabelId: null,
  explanation: '',
  enabled: true,
  flagged: false,
})

const makeCategory = (categoryId: string) => ({
  categoryId,
  key: categoryId,
  name: categoryId.toUpperCase(),
  description: `About ${categoryId}`,
})

export const makeContent = (): DraftContent => ({
  note: '',
  persona: 'You sort cases.',
  rules: 'Choose one.',
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 100, temperature: null },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
  categories: ['a', 'b', 'c', 'd'].map(makeCategory),
  // With gaps, as removed ones leave them.
  examples: [0, 1, 4, 9].map((position, at) => makeExample(`e${at}`, position)),
})

/** A draft as the server gives it, saved so often. */
export const makeDraft = (edit = 0): VersionView => ({
  ...makeContent(),
  ...{ id: 'v', number: null, edit, parent: null, parentContent: null, author: 'Eva' },
  ...{ savedBy: 'Eva', savedAt: '2026-01-01T00:00:00Z', frozenAt: null },
  ...{ nextNumber: 2, released: false },
})

/** A step that someone could take in this draft; which one follows from the number. */
export function stepIn({ categories, examples }: DraftContent, seed: number): Step {
  const which = seed % 10
  const rest = Math.floor(seed / 10)
  const pick = <Item>(items: readonly Item[], n: number) => items[n % Math.max(1, items.length)]
  const categoryId = pick(categories, rest)?.categoryId ?? 'none'
  const id = pick(examples, rest)?.id ?? 'none'
  const text = `text ${rest % 7}`
  switch (which) {
    case 0:
      return { do: 'set', fields: { persona: text } }
    case 1:
      return { do: 'set', fields: { rules: text, note: text } }
    case 2:
      return { do: 'describe', categoryId, description: text }
    case 3:
      return {
        do: 'moveCategory',
        categoryId,
        after: pick(categories, rest >> 3)?.categoryId ?? null,
      }
    case 4:
      return { do: 'leaveCategory', categoryId }
    case 5:
      return { do: 'takeCategory', category: makeCategory(`new ${rest % 5}`), after: categoryId }
    case 6:
      return { do: 'addExample', example: makeExample(`n${rest % 9}`, nextPosition(examples)) }
    case 7:
      return { do: 'changeExample', id, change: { text, enabled: rest % 2 === 0 } }
    case 8:
      return {
        do: 'moveExample',
        id,
        after: rest % 5 === 0 ? null : (pick(examples, rest >> 3)?.id ?? null),
      }
    default:
      return { do: 'removeExample', id }
  }
}

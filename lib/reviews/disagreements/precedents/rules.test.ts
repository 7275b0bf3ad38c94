import { expect, it } from 'vitest'
import { isAboutSameChoice, shareOfWords } from './rules'

const settled = { labelId: 'billing', secondLabelId: null, among: ['billing', 'defect'] }

it.each([
  ['both labels were in question', true, { labelId: 'defect', secondLabelId: 'billing' }],
  ['the one label was in question', true, { labelId: 'defect', secondLabelId: null }],
  ['one of two was not in question', false, { labelId: 'defect', secondLabelId: 'docs' }],
  ['another label was named', false, { labelId: 'docs', secondLabelId: null }],
  ['no label was named', false, { labelId: null, secondLabelId: null }],
])('is a precedent where %s: %s', (_, is, said) => {
  expect(isAboutSameChoice(settled, said)).toBe(is)
})

it('measures what two texts have in common', () => {
  const words = (text: string) => new Set(text.split(' '))
  expect(shareOfWords(words('a b c'), words('b c d'))).toBe(0.5)
  expect(shareOfWords(words('a b'), words('a b'))).toBe(1)
  expect(shareOfWords(new Set(), new Set())).toBe(0)
})

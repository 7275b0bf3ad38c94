import { expect, test } from 'vitest'
import { compareSides } from './rules'

type Side = Parameters<typeof compareSides>[0][number]

const side = (label: string | null | undefined): Side => {
  const answer = label === undefined ? null : ({ label } as NonNullable<Side['answer']>)
  return {
    version: { id: 'v', number: 1 },
    parent: null,
    edit: 0,
    savedAt: '',
    knows: false,
    answer,
    error: answer ? null : 'No.',
  }
}

test.each([
  [['A', 'A'], 'Both say A.'],
  [['A', 'B'], 'They differ: from A to B.'],
  [[null, null], 'Neither gave a valid label.'],
  [[null, 'B'], 'Only the newer one gave a valid label: B.'],
  [['A', null], 'Only the older one gave a valid label: A.'],
  [['A', undefined], null],
  [['A'], null],
])('%j: %s', (labels, sentence) => {
  expect(compareSides(labels.map(side))).toBe(sentence)
})

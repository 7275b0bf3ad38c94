import { expect, test } from 'vitest'
import { makeContent } from '../testing/drafts'
import { EVERY_EXAMPLE, filterExamples } from './rules'

const examples = makeContent().examples.map((example, at) => ({
  ...example,
  enabled: at !== 0,
  wrongLabelId: at === 3 ? 'b' : null,
}))

test('without a filter the list is the very same', () => {
  expect(filterExamples(examples, { ...EVERY_EXAMPLE, search: '  ' })).toBe(examples)
})

test.each([
  [{ search: 'text E1' }, ['e1']],
  [{ search: 'no such words' }, []],
  [{ labelId: 'b' }, ['e3']],
  [{ kind: 'bad' as const }, ['e1', 'e3']],
  [{ use: 'off' as const }, ['e0']],
  [{ use: 'on' as const, kind: 'good' as const }, ['e2']],
])('%o finds %o', (filter, ids) => {
  const found = filterExamples(examples, { ...EVERY_EXAMPLE, ...filter })
  expect(found.map(({ id }) => id)).toEqual(ids)
})

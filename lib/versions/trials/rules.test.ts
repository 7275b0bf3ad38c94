import { expect, test } from 'vitest'
import { compareOnDev, describeProbability, describeTrial, type SharedCase } from './rules'

const categories = [
  { id: 'a', name: 'Alpha' },
  { id: 'b', name: 'Beta' },
]
const options = { standIn: true, minCategoryCases: 20 }

function cases(n: number, oldLabelId: string | null, newLabelId: string | null): SharedCase[] {
  return Array.from({ length: n }, (_, i) => ({
    caseId: `${oldLabelId}${newLabelId}${i}`,
    externalId: `X-${i}`,
    subject: 's',
    labelId: 'a',
    secondLabelId: null,
    oldLabelId,
    newLabelId,
  }))
}

const tell = (...shared: SharedCase[][]) =>
  describeTrial(compareOnDev(shared.flat(), categories, options), 'v3')

test('a trial is told in one sentence: better, worse, cannot tell and what it would take', () => {
  expect(tell(cases(130, 'a', 'a'), cases(5, 'a', 'b'), cases(15, 'b', 'a'))).toEqual({
    headline: 'Better than v3 on dev',
    sentence:
      '90.0 % → 96.7 % of 150 cases (+6.7 points, between +0.8 and +12.4). A gap this large would be rare between equal versions (mid-p .027). The test pool has not been touched.',
  })
  const worse = tell(cases(130, 'a', 'a'), cases(15, 'a', null), cases(5, 'b', 'a'))
  expect(worse.headline).toBe('Worse than v3 on dev')
  const open = tell(cases(140, 'a', 'a'), cases(4, 'a', 'b'), cases(6, 'b', 'a'))
  expect(open.headline).toBe('Cannot tell yet whether it is better than v3')
  expect(open.sentence).toMatch(/about 2,\d\d\d more labelled cases would show it/)
  const equal = tell(cases(140, 'a', 'a'), cases(5, 'a', 'b'), cases(5, 'b', 'a'))
  expect(equal.sentence).toContain('no difference to be found')
  expect(tell().sentence).toContain('None of the cases')
})

test('categories that no case has are left out', () => {
  const { categories: judged } = compareOnDev(cases(3, 'a', 'b'), categories, options)
  expect(
    judged.map(({ name, n, parentRight, draftRight }) => [name, n, parentRight, draftRight]),
  ).toEqual([['Alpha', 3, 3, 0]])
})

test.each([
  [0.0053, '.005'],
  [0.00001, 'below .001'],
  [1, '1.000'],
])('probability %d reads %s', (p, text) => {
  expect(describeProbability(p)).toBe(text)
})

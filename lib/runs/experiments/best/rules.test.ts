import { expect, test } from 'vitest'
import { describeShare } from '@/lib/accuracy/rules'
import { chooseBest, describeNone, describeRule, describeTies } from './rules'

const cell = (id: string, right: number, cost: number | null, tokens = 1_000) => ({
  id,
  figures: { exact: describeShare(right, 100), costPerThousand: cost, tokensPerThousand: tokens },
})

const [dear, good, cheap] = [cell('dear', 90, 5e6), cell('good', 88, 2e6), cell('cheap', 70, 1e6)]
const all = [cheap, dear, good]

test.each([
  [{ kind: 'most_accurate' }, 'dear'],
  [{ kind: 'cheapest_within', points: 2 }, 'good'],
  [{ kind: 'cheapest_within', points: 1.9 }, 'dear'],
  [{ kind: 'cheapest_within', points: 50 }, 'cheap'],
  [{ kind: 'cheapest_above', accuracy: 0.88 }, 'good'],
  [{ kind: 'cheapest_above', accuracy: 0.95 }, null],
  [{ kind: 'most_accurate_below', cost: 2e6 }, 'good'],
  [{ kind: 'most_accurate_below', cost: 0.5e6 }, null],
] as const)('by %j it is %s', (rule, best) => expect(chooseBest(all, rule)).toBe(best))

test('where nothing costs anything, as with the stand-in, tokens tell what is cheap', () => {
  const free = [cell('long', 80, 0, 3_000), cell('short', 80, 0, 400)]
  expect(chooseBest(free, { kind: 'cheapest_within', points: 0 })).toBe('short')
  expect(chooseBest(free, { kind: 'most_accurate' })).toBe('short')
  const unpriced = [cell('long', 80, null, 3_000), cell('short', 80, null, 400)]
  expect(chooseBest(unpriced, { kind: 'cheapest_within', points: 0 })).toBe('short')
  expect(chooseBest(unpriced, { kind: 'most_accurate_below', cost: 9e9 })).toBeNull()
})

test('without labelled cases there is no best', () => {
  const unlabelled = { ...cell('a', 0, 0), id: 'a' }
  unlabelled.figures.exact = describeShare(0, 0)
  expect(chooseBest([unlabelled], { kind: 'most_accurate' })).toBeNull()
  expect(chooseBest([], { kind: 'most_accurate' })).toBeNull()
})

test('rules in words', () => {
  expect(describeRule({ kind: 'cheapest_within', points: 1 })).toContain('1 point of')
  expect(describeRule({ kind: 'cheapest_above', accuracy: 0.925 })).toContain('92.5 %')
  expect(describeRule({ kind: 'most_accurate_below', cost: 2_500_000 })).toContain('$2.50')
})

test.each([
  [{ kind: 'cheapest_above', accuracy: 0.925 }, 'No set-up is right on 92.5 % or more.'],
  [
    { kind: 'most_accurate_below', cost: 2_500_000 },
    'No set-up is known to cost $2.50 or less for 1,000 cases.',
  ],
  [{ kind: 'most_accurate' }, 'No set-up was measured on cases with a final label yet.'],
] as const)('that %j finds none is a sentence of its own', (rule, sentence) =>
  expect(describeNone(rule)).toBe(sentence),
)

test('those that cannot be told from the best are counted', () => {
  const compared = (verdict: 'better' | 'worse' | 'cannot tell yet') => ({
    comparison: {
      ...{ n: 40, onlyOld: 1, onlyNew: 2, gain: 0.025, midP: 1, adjustedP: 1, verdict },
      interval: { low: -0.1, high: 0.1 },
    },
  })
  const [same, worse] = [compared('cannot tell yet'), compared('worse')]
  expect(describeTies([{ comparison: null }, same, worse, same])).toBe(
    'as accurate as two others, as far as one can tell',
  )
  expect(describeTies([{ comparison: null }, same])).toContain('as accurate as another,')
  expect(describeTies([{ comparison: null }, worse])).toBe('')
})

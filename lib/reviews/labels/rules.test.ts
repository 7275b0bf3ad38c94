import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CurrentReview, finalLabelOf, standsAgainstReviews } from './rules'

const review = (changes: Partial<CurrentReview> = {}): CurrentReview => ({
  reviewerId: 'pat',
  undone: false,
  labelId: 'defect',
  secondLabelId: null,
  selection: 'random',
  mode: 'shown',
  ...changes,
})
const sam = { reviewerId: 'sam' }

describe('finalLabelOf', () => {
  it('is the one review where one is wanted', () => {
    expect(finalLabelOf([review({ secondLabelId: 'docs' })], 1)).toEqual({
      labelId: 'defect',
      secondLabelId: 'docs',
      source: 'review',
      selection: 'random',
      mode: 'shown',
    })
  })

  it.each([
    ['nobody answered', [], 1],
    ['the answer was taken back', [review({ undone: true, labelId: null })], 1],
    ['the one answer is unsure which', [review({ labelId: null })], 1],
    ['an answer is missing', [review()], 2],
    ['two disagree', [review(), review({ ...sam, labelId: 'billing' })], 2],
    ['a second opinion disagrees', [review(), review({ ...sam, labelId: 'billing' })], 1],
    ['one of two is unsure', [review(), review({ ...sam, labelId: null })], 2],
  ] as const)('is none while %s', (_, reviews, wanted) => {
    expect(finalLabelOf(reviews, wanted)).toBeNull()
  })

  it('is the second opinion where the first was unsure', () => {
    const reviews = [review({ labelId: null }), review({ ...sam, labelId: 'billing' })]
    expect(finalLabelOf(reviews, 1)).toMatchObject({ labelId: 'billing', source: 'review' })
  })

  it('is agreement where all say the same, blind only if all were', () => {
    const reviews = [review({ mode: 'blind' }), review({ ...sam, mode: 'shown' })]
    expect(finalLabelOf(reviews, 2)).toMatchObject({ source: 'agreement', mode: 'shown' })
  })

  it('keeps the second choice unless people name different ones', () => {
    const one = review({ secondLabelId: 'docs' })
    expect(finalLabelOf([one, review(sam)], 2)?.secondLabelId).toBe('docs')
    const other = review({ ...sam, secondLabelId: 'billing' })
    expect(finalLabelOf([one, other], 2)?.secondLabelId).toBeNull()
  })

  const label = fc.constantFrom('billing', 'defect', 'docs')
  const reviews = fc.uniqueArray(
    fc.record({
      reviewerId: fc.string({ minLength: 1, maxLength: 3 }),
      undone: fc.constant(false),
      labelId: fc.option(label),
      secondLabelId: fc.option(label),
      selection: fc.constantFrom('random' as const, 'targeted' as const, 'quota' as const),
      mode: fc.constantFrom('shown' as const, 'blind' as const),
    }),
    { selector: (item) => item.reviewerId, maxLength: 5 },
  )

  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(reviews, fc.integer({ min: 1, max: 3 }), (given, wanted) => {
        expect(finalLabelOf([...given].reverse(), wanted)).toEqual(finalLabelOf(given, wanted))
      }),
    )
  })

  it('is what everyone with an opinion said, and enough of them', () => {
    fc.assert(
      fc.property(reviews, fc.integer({ min: 1, max: 3 }), (given, wanted) => {
        const said = given.flatMap((item) => item.labelId ?? [])
        const agreed = said.length >= wanted && new Set(said).size === 1
        expect(finalLabelOf(given, wanted)?.labelId ?? null).toBe(agreed ? said[0] : null)
      }),
    )
  })

  it('never comes from an answer that was taken back', () => {
    fc.assert(
      fc.property(reviews, reviews, (standing, gone) => {
        const undone = gone.map((item) => ({ ...item, undone: true, labelId: null }))
        expect(finalLabelOf([...undone, ...standing], 1)).toEqual(finalLabelOf(standing, 1))
      }),
    )
  })
})

it.each([
  ['imported', true],
  ['settled', true],
  ['review', false],
  ['agreement', false],
] as const)('a label that is %s stands against reviews: %s', (source, stands) => {
  expect(standsAgainstReviews(source)).toBe(stands)
})

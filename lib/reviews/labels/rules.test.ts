import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  finalLabelOf,
  hasNeedlessReview,
  standingOf,
  standsAgainstReviews,
  wantsSecondOpinion,
} from './rules'
import type { CaseState, CurrentReview } from './schema'

const review = (changes: Partial<CurrentReview> = {}): CurrentReview => ({
  reviewerId: 'pat',
  undone: false,
  labelId: 'defect',
  secondLabelId: null,
  closeCall: false,
  bulk: false,
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
      bulk: false,
    })
  })

  it.each([
    ['nobody answered', [], 1],
    ['the answer was taken back', [review({ undone: true, labelId: null })], 1],
    ['the one answer is unsure which', [review({ labelId: null })], 1],
    ['an answer is missing', [review()], 2],
    ['two disagree', [review(), review({ ...sam, labelId: 'billing' })], 2],
    ['a second opinion disagrees', [review(), review({ ...sam, labelId: 'billing' })], 1],
    ['one person calls it close', [review({ closeCall: true })], 1],
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

  it('is the close call on which two agree', () => {
    const close = review({ closeCall: true, secondLabelId: 'docs' })
    expect(finalLabelOf([close, review(sam)], 1)).toMatchObject({
      source: 'agreement',
      secondLabelId: 'docs',
    })
  })

  it('is marked as confirmed in bulk if any answer was', () => {
    expect(finalLabelOf([review({ bulk: true }), review(sam)], 2)?.bulk).toBe(true)
  })

  const label = fc.constantFrom('billing', 'defect', 'docs')
  const reviews = fc.uniqueArray(
    fc.record({
      reviewerId: fc.string({ minLength: 1, maxLength: 3 }),
      undone: fc.constant(false),
      labelId: fc.option(label),
      secondLabelId: fc.option(label),
      closeCall: fc.boolean(),
      bulk: fc.boolean(),
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
        const close = given.some((item) => item.labelId && item.closeCall)
        const needed = close ? Math.max(2, wanted) : wanted
        const agreed = said.length >= needed && new Set(said).size === 1
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

describe('standingOf', () => {
  const slot = (number: number, state: 'open' | 'answered' | 'passed_on') => ({
    slot: number,
    purpose: number === 1 ? ('ordinary' as const) : ('second_opinion' as const),
    state,
  })
  const caseOf = (changes: Partial<CaseState>): CaseState => ({
    wanted: 1,
    reviews: [],
    assignments: [slot(1, 'answered'), slot(2, 'answered')],
    label: null,
    dispute: null,
    ...changes,
  })
  const billing = review({ ...sam, labelId: 'billing' })
  const unsure = review({ labelId: null })

  it('is labelled where people agree, even while someone is still asked', () => {
    const state = caseOf({
      reviews: [review()],
      assignments: [slot(1, 'answered'), slot(2, 'open')],
    })
    expect(standingOf(state)).toMatchObject({ is: 'labelled', label: { labelId: 'defect' } })
  })

  it.each([
    ['someone is still asked', { reviews: [unsure], assignments: [slot(1, 'open')] }],
    ['a review that is wanted is yet to be opened', { wanted: 3, reviews: [review(), billing] }],
    ['nobody has said anything', { reviews: [] }],
  ])('is waiting while %s', (_, changes) => {
    expect(standingOf(caseOf(changes))).toEqual({ is: 'waiting' })
  })

  it.each([
    ['labels', 'people gave different labels', { reviews: [review(), billing] }],
    ['unsure', 'nobody can tell', { reviews: [unsure, review({ ...sam, labelId: null })] }],
    [
      'unsure',
      'a close call found no second vote',
      { reviews: [unsure, { ...billing, closeCall: true }] },
    ],
    ['skipped', 'all passed on it', { assignments: [slot(1, 'passed_on')] }],
    [
      'skipped',
      'the others passed on it',
      { wanted: 2, reviews: [review()], assignments: [slot(1, 'answered'), slot(2, 'passed_on')] },
    ],
    [
      'labels',
      'some disagree and others passed',
      { reviews: [review(), billing], assignments: [slot(1, 'passed_on')] },
    ],
  ] as const)('is a disagreement of kind %s where %s', (kind, _, changes) => {
    expect(standingOf(caseOf(changes))).toEqual({ is: 'disputed', kind })
  })

  it.each([
    ['one is unsure', true, { reviews: [unsure], assignments: [slot(1, 'answered')] }],
    [
      'one calls it close',
      true,
      { reviews: [review({ closeCall: true })], assignments: [slot(1, 'answered')] },
    ],
    ['two of two are unsure', true, { reviews: [unsure, review({ ...sam, labelId: null })] }],
    [
      'two second opinions were asked for',
      false,
      {
        reviews: [unsure],
        assignments: [slot(1, 'answered'), slot(2, 'answered'), slot(3, 'answered')],
      },
    ],
    [
      'one is asked already',
      false,
      { reviews: [unsure], assignments: [slot(1, 'answered'), slot(2, 'open')] },
    ],
    [
      'another review is wanted anyway',
      false,
      {
        wanted: 2,
        reviews: [review({ closeCall: true })],
        assignments: [slot(1, 'answered'), { ...slot(2, 'open'), purpose: 'ordinary' as const }],
      },
    ],
    [
      'people disagree: more opinions do not help',
      false,
      { reviews: [review({ closeCall: true }), billing] },
    ],
    ['the label is clear', false, { reviews: [review()], assignments: [slot(1, 'answered')] }],
  ] as const)('asks for a second opinion where %s: %s', (_, wants, changes) => {
    expect(wantsSecondOpinion(caseOf(changes))).toBe(wants)
  })

  it('has a needless second opinion once the answer it was for is taken back', () => {
    const assignments = [slot(1, 'open'), slot(2, 'open')]
    expect(hasNeedlessReview(caseOf({ assignments }))).toBe(true)
    expect(
      hasNeedlessReview(
        caseOf({ reviews: [unsure], assignments: [slot(1, 'answered'), slot(2, 'open')] }),
      ),
    ).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswer, saysTheSame, thumbOf } from './rules'
import type { SubmitInput } from './schema'

const CATEGORIES = new Set(['billing', 'defect'])
const SHOWN = { suggestionId: 's1', labelId: 'defect' }
const answer = (changes: Partial<SubmitInput> = {}): SubmitInput => ({
  id: 'r1',
  assignmentId: 'a1',
  suggestionId: 's1',
  labelId: 'defect',
  closeCall: false,
  secondLabelId: null,
  wrongReason: false,
  note: '',
  seconds: null,
  answeredAt: '2026-01-01T00:00:00Z',
  ...changes,
})

describe('thumbOf', () => {
  it.each([
    ['the suggested label', 'defect', SHOWN, 'up'],
    ['another label', 'billing', SHOWN, 'down'],
    ['no label', null, SHOWN, 'down'],
    ['a label where the model gave none', 'defect', { suggestionId: 's1', labelId: null }, 'down'],
    ['no label where the model gave none', null, { suggestionId: 's1', labelId: null }, 'down'],
    ['a blind answer', 'defect', null, null],
  ] as const)('of %s', (_, label, shown, thumb) => {
    expect(thumbOf(label, shown)).toBe(thumb)
  })
})

describe('checkAnswer', () => {
  it.each([
    ['a label', {}],
    ['wrong, unsure which', { labelId: null }],
    ['a close call', { closeCall: true }],
    ['a close call with a second choice', { closeCall: true, secondLabelId: 'billing' }],
    ['right label, wrong reason', { wrongReason: true }],
  ] as const)('takes %s', (_, changes) => {
    expect(() => checkAnswer(answer(changes), SHOWN, CATEGORIES)).not.toThrow()
  })

  it.each([
    ['another suggestion', { suggestionId: 's2' }, 'conflict'],
    ['no suggestion where one was shown', { suggestionId: null }, 'conflict'],
    ['a label of nowhere', { labelId: 'weather' }, 'invalid'],
    ['a second choice of nowhere', { closeCall: true, secondLabelId: 'weather' }, 'invalid'],
    ['a second choice without a close call', { secondLabelId: 'billing' }, 'invalid'],
    ['the label as second choice', { closeCall: true, secondLabelId: 'defect' }, 'invalid'],
    ['a close call of nothing', { closeCall: true, labelId: null }, 'invalid'],
    ['a wrong reason for another label', { wrongReason: true, labelId: 'billing' }, 'invalid'],
  ] as const)('refuses %s', (_, changes, code) => {
    expect(() => checkAnswer(answer(changes), SHOWN, CATEGORIES)).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it.each([
    ['no label', { labelId: null, suggestionId: null }],
    ['a wrong reason', { wrongReason: true, suggestionId: null }],
  ] as const)('refuses a blind answer with %s', (_, changes) => {
    expect(() => checkAnswer(answer(changes), null, CATEGORIES)).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    )
  })

  it('never takes an answer whose second choice is its label', () => {
    const label = fc.option(fc.constantFrom('billing', 'defect', 'weather'))
    const any = fc.record({
      labelId: label,
      secondLabelId: label,
      closeCall: fc.boolean(),
      wrongReason: fc.boolean(),
    })
    fc.assert(
      fc.property(any, (changes) => {
        const given = answer(changes)
        try {
          checkAnswer(given, SHOWN, CATEGORIES)
        } catch {
          return
        }
        // What the constraints of the table demand.
        expect(given.secondLabelId === null || given.closeCall).toBe(true)
        expect(given.secondLabelId).not.toBe(given.labelId ?? undefined)
        expect(!given.wrongReason || thumbOf(given.labelId, SHOWN) === 'up').toBe(true)
      }),
    )
  })
})

describe('saysTheSame', () => {
  it('forgives another clock, and nothing else', () => {
    const first = answer()
    expect(saysTheSame(first, answer({ answeredAt: '2027-01-01T00:00:00Z' }))).toBe(true)
    for (const change of [
      { labelId: 'billing' },
      { note: 'x' },
      { closeCall: true },
      { wrongReason: true },
      { assignmentId: 'a2' },
      { suggestionId: null },
      { secondLabelId: 'billing' },
    ]) {
      expect(saysTheSame(first, { ...first, ...change })).toBe(false)
    }
  })
})

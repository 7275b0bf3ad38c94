import { describe, expect, it } from 'vitest'
import { checkTurn, correctClock } from './rules'
import type { AnswerFacts } from './schema'

const facts: AnswerFacts = {
  ...{ caseId: 'case', slot: 1, purpose: 'ordinary', selection: 'random', mode: 'blind' },
  ...{ status: 'open', isHolder: true, isFree: false, heldBefore: false, isTaken: false },
  ...{ answeredElsewhere: false, passedOn: false, seen: false },
  ...{ suggestionId: null, suggestedLabelId: null, versionId: null, categoryIds: [] },
  ...{ formerId: null, saved: null, isTest: false, hasSuggestion: false, openedAt: 0, now: 0 },
  state: { wanted: 1, reviews: [], assignments: [], label: null, dispute: null },
}
const late = { isHolder: false, heldBefore: true }

describe('checkTurn', () => {
  it.each([
    ['one holds it, whether or not the lease ran out', {}],
    ['one had it, and whoever had it since let it go', late],
    ['one had it, and it came back to everyone', { ...late, isFree: true }],
    ['one has seen more since, with the suggestion in view anyway', { seen: true, mode: 'shown' }],
    ['one knew more, but is asked again on purpose', { seen: true, purpose: 'repeat' }],
  ] as const)('takes an answer where %s', (_, changes) => {
    expect(() => checkTurn({ ...facts, ...changes })).not.toThrow()
  })

  it.each([
    ['taken out', 'it was withdrawn', { status: 'withdrawn' }],
    ['undo it first', 'one has answered it', { status: 'answered' }],
    ['meanwhile', 'someone else has answered it', { status: 'answered', isHolder: false }],
    ['Someone else', 'someone else is at it', { ...late, isTaken: true }],
    ['Someone else', 'it was given to someone else only', { isHolder: false }],
    ['not handed out', 'nobody ever had it', { isHolder: false, isFree: true }],
    ['answered this case already', 'one answered the case otherwise', { answeredElsewhere: true }],
    ['not yours', 'one passed it on', { ...late, passedOn: true }],
    ['not yours', 'one has seen more since', { ...late, seen: true }],
    ['not yours', 'one has seen more while one held it, blind', { seen: true }],
    [
      'not yours',
      'one has seen what it checks',
      { seen: true, mode: 'shown', purpose: 'check_case' },
    ],
  ] as const)('says "%s" where %s', (words, _, changes) => {
    expect(() => checkTurn({ ...facts, ...changes })).toThrow(words)
  })
})

describe('correctClock', () => {
  const HOUR = 3_600_000
  const now = Date.parse('2026-11-20T12:00:00Z')
  const opened = { openedAt: now - 24 * HOUR, now }
  const at = (hours: number) => new Date(now + hours * HOUR).toISOString()

  it.each([
    ['right', -2, 0, -2],
    ['an hour ahead', -1, 1, -2],
    ['a year behind', -8_762, -8_760, -2],
    ['set back between answering and sending', 5, 0, 0],
    ['set on between answering and sending', -2, 100, -24],
  ])('puts the time right by a clock that is %s', (_, answered, sent, really) => {
    const said = { answeredAt: at(answered), sentAt: at(sent) }
    expect(correctClock(said, opened)).toBe(now + really * HOUR)
  })

  it('takes the device’s word where it does not tell its clock, but never the future', () => {
    expect(correctClock({ answeredAt: at(-3) }, opened)).toBe(now - 3 * HOUR)
    expect(correctClock({ answeredAt: at(3) }, opened)).toBe(now)
    expect(correctClock({ answeredAt: '0000-01-01T00:00:00Z' }, opened)).toBe(opened.openedAt)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applySteps, type Step } from '../steps/rules'
import { makeContent, makeExample, stepIn } from '../testing/drafts'
import { enqueue, explainUnsendable, findSendable, takeFitting } from './rules'

const set = (persona: string): Step => ({ do: 'set', fields: { persona } })
const remove: Step = { do: 'removeExample', id: 'e0' }

describe('the steps that wait', () => {
  test('keep the newest of what is typed, beside the one on its way', () => {
    const [a, b, c] = [set('a'), set('ab'), set('abc')]
    expect(enqueue(enqueue([a], b, null), c, null)).toEqual([c])
    expect(enqueue(enqueue([a], b, a), c, a)).toEqual([a, c])
    expect(enqueue([a, remove], b, null)).toEqual([remove, b])
  })

  test('say the same, however many of them are joined', () => {
    const draft = makeContent()
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 25 }), (seeds) => {
        let now = draft
        let pending: Step[] = []
        for (const seed of seeds) {
          const step = stepIn(now, seed)
          now = applySteps(now, [step])
          pending = enqueue(pending, step, null)
        }
        expect(applySteps(draft, pending)).toEqual(now)
      }),
    )
  })

  test('go one by one; what is held back holds up only its own part', () => {
    const long = set('x'.repeat(50_001))
    const isHeld = (step: Step) => explainUnsendable(step) !== null
    expect(findSendable([long, remove], isHeld)).toBe(remove)
    expect(findSendable([remove, long], isHeld)).toBe(remove)
    expect(findSendable([long], isHeld)).toBeNull()
    const both: Step = { do: 'set', fields: { persona: 'short', rules: 'short' } }
    expect(findSendable([long, both], isHeld)).toBeNull()
  })
})

test('what is too long says so with figures', () => {
  expect(explainUnsendable(set('x'.repeat(5_000_000)))).toBe(
    'The persona has 5,000,000 characters, and a version takes at most 50,000. It is not saved: shorten it by 4,950,000.',
  )
  const long = { ...makeExample('n', 3), explanation: 'x'.repeat(5_001) }
  expect(explainUnsendable({ do: 'addExample', example: long })).toMatch(
    /^The explanation has 5,001/,
  )
  expect(explainUnsendable(remove)).toBeNull()
})

test('what reads the whole draft is spared a text that is too long', () => {
  const saved = makeContent()
  const long = set('x'.repeat(5_000_000))
  const shown = applySteps(saved, [remove, long])
  expect(takeFitting({ saved, shown, pending: [remove] })).toBe(shown)
  const fitting = takeFitting({ saved, shown, pending: [remove, long] })
  expect(fitting.persona).toBe(saved.persona)
  expect(fitting.examples).toHaveLength(saved.examples.length - 1)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeContent, makeExample, stepIn } from '../testing/drafts'
import {
  applyStep,
  applySteps,
  holds,
  invertStep,
  keepPositions,
  nextPosition,
  type Step,
} from './rules'

const draft = makeContent()
const ids = ({ examples }: { examples: { id: string }[] }) => examples.map(({ id }) => id)

describe('a step', () => {
  test('moves an example behind the one it names, within the places there are', () => {
    const moved = applyStep(draft, { do: 'moveExample', id: 'e0', after: 'e2' })
    expect(ids(moved)).toEqual(['e1', 'e2', 'e0', 'e3'])
    expect(moved.examples.map(({ position }) => position)).toEqual([0, 1, 4, 9])
  })

  test('keeps what it does not touch as the very same objects', () => {
    const changed = applyStep(draft, { do: 'changeExample', id: 'e1', change: { enabled: false } })
    expect(changed.categories).toBe(draft.categories)
    expect(changed.examples[0]).toBe(draft.examples[0])
    expect(changed.examples[1]).toMatchObject({ id: 'e1', enabled: false })
  })

  test.each<Step>([
    { do: 'set', fields: { persona: draft.persona, model: { ...draft.model } } },
    { do: 'moveExample', id: 'e0', after: null },
    { do: 'moveExample', id: 'gone', after: 'e1' },
    { do: 'removeExample', id: 'gone' },
    { do: 'changeExample', id: 'gone', change: { text: 'x' } },
    { do: 'leaveCategory', categoryId: 'gone' },
  ])('%o changes nothing, so there is nothing to take back', (step) => {
    expect(applyStep(draft, step)).toBe(draft)
    expect(holds(draft, step)).toBe(true)
    expect(invertStep(draft, step)).toBeNull()
  })

  test('an example comes back under its id, in its place', () => {
    const gone = applyStep(draft, { do: 'removeExample', id: 'e1' })
    const inverse = invertStep(draft, { do: 'removeExample', id: 'e1' })
    expect(inverse && applyStep(gone, inverse)).toEqual(draft)
  })

  test('what stands where an example comes back makes room', () => {
    const added = applyStep(draft, { do: 'addExample', example: makeExample('new', 1) })
    expect(ids(added)).toEqual(['e0', 'new', 'e1', 'e2', 'e3'])
    const positions = added.examples.map(({ position }) => position)
    expect(new Set(positions).size).toBe(positions.length)
  })

  test('behind one that someone else removed means last', () => {
    expect(ids(applyStep(draft, { do: 'moveExample', id: 'e0', after: 'gone' })).at(-1)).toBe('e0')
  })
})

test('positions out of order are counted anew', () => {
  expect(keepPositions([0, 3, 3, 1])).toEqual([0, 1, 2, 3])
  expect(keepPositions([2, 5, 9])).toEqual([2, 5, 9])
  expect(nextPosition([])).toBe(0)
})

test('any step is taken back exactly by its inverse', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.nat(), (seeds, last) => {
      const before = seeds.reduce((now, seed) => applyStep(now, stepIn(now, seed)), draft)
      const step = stepIn(before, last)
      const inverse = invertStep(before, step)
      expect(inverse ? applySteps(before, [step, inverse]) : before).toEqual(before)
    }),
  )
})

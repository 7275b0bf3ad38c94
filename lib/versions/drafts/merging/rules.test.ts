import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyStep, applySteps, type Step } from '../steps/rules'
import { makeContent, stepIn } from '../testing/drafts'
import { changedParts, insistOn, mergeDrafts, nameParts, partsOf, touches } from './rules'

const base = makeContent()
const set = (fields: Extract<Step, { do: 'set' }>['fields']): Step => ({ do: 'set', fields })

describe('two people on one draft', () => {
  test('changes of different parts go together', () => {
    const theirs = applySteps(base, [set({ rules: 'Theirs' }), { do: 'removeExample', id: 'e3' }])
    const own: Step[] = [
      set({ persona: 'Mine' }),
      { do: 'changeExample', id: 'e1', change: { enabled: false } },
      { do: 'describe', categoryId: 'a', description: 'Mine' },
    ]
    const merged = mergeDrafts(base, theirs, own)
    expect(merged).toMatchObject({ pending: own, clashes: [] })
    expect(nameParts(merged.changed, base, theirs)).toBe('the rules and example E3')
    const both = applySteps(theirs, merged.pending)
    expect(both).toMatchObject({ persona: 'Mine', rules: 'Theirs' })
  })

  test.each<[string, Step, Step]>([
    ['the same text', set({ persona: 'Theirs' }), set({ persona: 'Mine' })],
    [
      'the same example',
      { do: 'changeExample', id: 'e1', change: { text: 'Theirs' } },
      { do: 'changeExample', id: 'e1', change: { enabled: false } },
    ],
    [
      'an example that they removed',
      { do: 'removeExample', id: 'e1' },
      { do: 'changeExample', id: 'e1', change: { text: 'Mine' } },
    ],
    [
      'an example that one removed',
      { do: 'changeExample', id: 'e1', change: { text: 'Theirs' } },
      { do: 'removeExample', id: 'e1' },
    ],
    [
      'a category that they left out',
      { do: 'leaveCategory', categoryId: 'b' },
      { do: 'describe', categoryId: 'b', description: 'Mine' },
    ],
    [
      'the order',
      { do: 'moveCategory', categoryId: 'a', after: 'c' },
      { do: 'moveCategory', categoryId: 'd', after: null },
    ],
  ])('%s is a clash', (_, theirStep, ownStep) => {
    const { pending, clashes } = mergeDrafts(base, applyStep(base, theirStep), [ownStep])
    expect(pending).toEqual([ownStep])
    expect(clashes).toEqual(partsOf(ownStep))
  })

  test('the same words are no clash, nor is a save whose answer was lost', () => {
    const own = [set({ persona: 'Same' }), set({ persona: 'Same and more' })]
    const theirs = applyStep(base, set({ persona: 'Same' }))
    const { pending, clashes } = mergeDrafts(base, theirs, own)
    expect(pending).toEqual([set({ persona: 'Same and more' })])
    expect(clashes).toEqual([])
  })

  test('whoever insists puts back what the other removed', () => {
    const own: Step = { do: 'changeExample', id: 'e1', change: { text: 'Mine' } }
    const theirs = applyStep(base, { do: 'removeExample', id: 'e1' })
    const kept = applyStep(theirs, insistOn(own, applyStep(base, own), theirs))
    expect(kept.examples.find(({ id }) => id === 'e1')).toMatchObject({ text: 'Mine', position: 1 })

    const text: Step = { do: 'describe', categoryId: 'b', description: 'Mine' }
    const without = applyStep(base, { do: 'leaveCategory', categoryId: 'b' })
    const back = applyStep(without, insistOn(text, applyStep(base, text), without))
    expect(back.categories.map(({ categoryId }) => categoryId)).toEqual(['a', 'b', 'c', 'd'])
    expect(back.categories[1]?.description).toBe('Mine')
  })

  test('nobody’s change is dropped unseen, whatever both do', () => {
    const seeds = fc.array(fc.nat(), { maxLength: 12 })
    fc.assert(
      fc.property(seeds, seeds, (theirSeeds, ownSeeds) => {
        const play = (from: number[]) =>
          from.reduce(
            ({ now, steps }, seed) => {
              const step = stepIn(now, seed)
              return { now: applyStep(now, step), steps: [...steps, step] }
            },
            { now: base, steps: [] as Step[] },
          )
        const theirs = play(theirSeeds).now
        const own = play(ownSeeds)
        const { pending, changed, clashes } = mergeDrafts(base, theirs, own.steps)
        const free = pending.filter((step) => !touches(step, clashes))
        const merged = applySteps(theirs, free)
        // Whatever they changed is as they left it.
        for (const part of changedParts(theirs, merged)) expect(changed).not.toContainEqual(part)
      }),
    )
  })
})

test('many changes are counted', () => {
  const theirs = applySteps(base, [
    { do: 'removeExample', id: 'e1' },
    { do: 'removeExample', id: 'e2' },
    { do: 'describe', categoryId: 'a', description: 'x' },
  ])
  expect(nameParts(changedParts(base, theirs), base)).toBe('the category A and 2 examples')
})

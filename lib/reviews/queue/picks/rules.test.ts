import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Slot } from '../../settings/rules'
import { inOrder, mixByDraw, type Source } from './rules'

const slots: Slot[] = ['random', 'targeted', 'second_opinion', 'check_case', 'repeat']
const named = (...kinds: Slot[]) => kinds.map((slot, i) => ({ slot, item: `${slot} ${i}` }))

describe('mixByDraw', () => {
  it('puts each on the places drawn for its kind', () => {
    const draw: Slot[] = ['check_case', 'random', 'targeted', 'random']
    expect(mixByDraw(named('random', 'random', 'targeted', 'check_case'), draw)).toEqual([
      'check_case 3',
      'random 0',
      'targeted 2',
      'random 1',
    ])
  })

  it('lets others stand in for a kind that has run out, in their own order', () => {
    const draw: Slot[] = ['targeted', 'random', 'second_opinion']
    expect(mixByDraw(named('random', 'random', 'random'), draw)).toEqual([
      'random 0',
      'random 1',
      'random 2',
    ])
  })

  it('loses nothing, doubles nothing, and keeps the order within a kind', () => {
    const kind = fc.constantFrom(...slots)
    fc.assert(
      fc.property(fc.array(kind), fc.array(kind), (kinds, draw) => {
        const items = named(...kinds)
        const mixed = mixByDraw(items, draw)
        expect(mixed.toSorted()).toEqual(items.map(({ item }) => item).toSorted())
        for (const slot of slots) {
          const own = items.filter((it) => it.slot === slot).map(({ item }) => item)
          expect(mixed.filter((item) => own.includes(item))).toEqual(own)
        }
      }),
    )
  })
})

it('puts in front what comes first, and gives a case once', () => {
  const row = (source: Source, caseId: string) => ({ source, caseId })
  const rows = [row('random', 'a'), row('targeted', 'b'), row('own', 'c'), row('returned', 'a')]
  expect(inOrder(rows)).toEqual([row('own', 'c'), row('returned', 'a'), row('targeted', 'b')])
})

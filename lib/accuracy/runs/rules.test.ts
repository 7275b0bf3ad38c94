import { expect, it } from 'vitest'
import { type Candidate, chooseRuns } from './rules'

/** Each of a content of its own, as if the version had changed in between. */
const run = (id: string, versionId: string, standIn: boolean, setupId = versionId): Candidate => ({
  ...{ id, versionId, setupId, standIn },
  ...{ contentHash: id, caseLimit: null, items: 100, departs: false, cellId: null },
})
const choose = (runs: Candidate[], released: string | null = null) =>
  Object.fromEntries([...chooseRuns(runs, released)].map(([version, { id }]) => [version, id]))

it('lets the newest run speak', () => {
  expect(choose([run('c', 'v2', true), run('b', 'v1', true), run('a', 'v1', true)])).toEqual({
    v2: 'c',
    v1: 'b',
  })
})

it('prefers the kind of model of the newest run of all', () => {
  const runs = [run('d', 'v2', false), run('c', 'v1', true), run('b', 'v1', false)]
  expect(choose(runs)).toEqual({ v2: 'd', v1: 'b' })
})

it('falls back on the other kind where there is no run of the same', () => {
  expect(choose([run('b', 'v2', false), run('a', 'v1', true)])).toEqual({ v2: 'b', v1: 'a' })
})

it('lets the released set-up speak for its version', () => {
  const runs = [run('b', 'v1', true, 'packed'), run('a', 'v1', true, 'plain')]
  expect(choose(runs, 'plain')).toEqual({ v1: 'a' })
  expect(choose(runs)).toEqual({ v1: 'b' })
})

it('lets the first of identical runs speak: a repeat does not make a version better', () => {
  const first = run('a', 'v1', true)
  expect(choose([{ ...first, id: 'c' }, { ...first, id: 'b' }, first])).toEqual({ v1: 'a' })
  // Over other cases it is a run of its own.
  expect(choose([{ ...first, id: 'b', items: 120 }, first])).toEqual({ v1: 'b' })
  expect(choose([{ ...first, id: 'b', caseLimit: 50 }, first])).toEqual({ v1: 'b' })
})

it('knows a repeat in batch jobs, which are a set-up of their own', () => {
  const first = run('a', 'v1', true, 'on demand')
  const batch = { ...first, id: 'b', setupId: 'batch' }
  expect(choose([batch, first])).toEqual({ v1: 'a' })
  expect(choose([batch, first], 'batch')).toEqual({ v1: 'a' })
  expect(choose([{ ...batch, standIn: false }, first])).toEqual({ v1: 'b' })
})

it('lets no set-up speak for a version that departs from it, unless it is released', () => {
  const [own, cell] = [run('a', 'v1', true), { ...run('b', 'v1', true, 'packed'), departs: true }]
  expect(choose([cell, own])).toEqual({ v1: 'a' })
  expect(choose([cell])).toEqual({})
  expect(choose([cell, own], 'packed')).toEqual({ v1: 'b' })
  // Nor does it decide which kind of model is looked at.
  expect(choose([{ ...cell, standIn: false }, { ...own, standIn: false, id: 'c' }, own])).toEqual({
    v1: 'c',
  })
  expect(choose([{ ...cell, standIn: false }, own, { ...own, standIn: false, id: 'c' }])).toEqual({
    v1: 'a',
  })
})

it('lets an experiment speak only where nothing else does', () => {
  const cell = { ...run('b', 'v1', true), cellId: 'cell', caseLimit: 10, items: 10 }
  expect(choose([cell, run('a', 'v1', true)])).toEqual({ v1: 'a' })
  expect(choose([cell])).toEqual({ v1: 'b' })
  // Of the same kind of model first of all.
  expect(choose([cell, run('a', 'v1', false)])).toEqual({ v1: 'b' })
})

it('says nothing without runs', () => {
  expect(choose([])).toEqual({})
})

import { expect, it } from 'vitest'
import { balanceLabels } from './rules'

const category = (id: string, archived = false) => ({
  id,
  name: id.toUpperCase(),
  archivedAt: archived ? new Date(0) : null,
})

it('adds up labels by source over the pools, in the order of the categories', () => {
  const balance = balanceLabels(
    [category('a'), category('b'), category('gone', true), category('used', true)],
    [
      { labelId: 'a', source: 'review', bulk: false, pool: 'example', n: 3 },
      { labelId: 'a', source: 'review', bulk: false, pool: 'dev', n: 2 },
      { labelId: 'a', source: 'imported', bulk: false, pool: 'test', n: 1 },
      { labelId: 'used', source: 'settled', bulk: false, pool: 'dev', n: 4 },
    ],
  )
  expect(balance).toEqual([
    {
      id: 'a',
      name: 'A',
      archived: false,
      n: 6,
      bySource: { imported: 1, review: 5, agreement: 0, settled: 0 },
    },
    expect.objectContaining({ id: 'b', n: 0 }),
    expect.objectContaining({ id: 'used', archived: true, n: 4 }),
  ])
})

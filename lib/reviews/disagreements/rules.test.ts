import { expect, it } from 'vitest'
import { readPlace, writePlace } from './rules'

const place = { since: '2026-11-20T14:00:00.123Z', caseId: '01a1f957-d6a6-73b4-94d3-3fd09ae1f12d' }

it('reads the place that it has written', () => {
  expect(readPlace(writePlace(place))).toEqual(place)
})

it.each([
  '',
  'x',
  writePlace(place).slice(1),
  writePlace({ ...place, since: '2026-13-20T14:00:00.123Z' }),
])('knows no page that ends with %j', (cursor) => {
  expect(readPlace(cursor)).toBeNull()
})

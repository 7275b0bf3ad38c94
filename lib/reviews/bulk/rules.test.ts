import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayConfirmBulk } from './policy'
import { drawSample, groupAlike, judgeBulk, sampleSize } from './rules'

it.each([
  ['reviewer', false],
  ['prompt_engineer', true],
  ['manager', false],
] as const)('%s may confirm in bulk: %s', (role, may) => {
  expect(mayConfirmBulk({ role, isAdmin: false })).toBe(may)
})

it.each([
  [99, 99, { allowed: true, missing: 0 }],
  [98, 98, { allowed: false, missing: 1 }],
  [99, 98, { allowed: false, missing: 58 }],
  [0, 0, { allowed: false, missing: 99 }],
])('%i blind reviews, %i right', (blind, right, verdict) => {
  expect(judgeBulk({ blind, right })).toMatchObject(verdict)
})

it.each([
  [2, 1],
  [10, 1],
  [11, 2],
  [200, 20],
])('of %i cases %i are checked', (cases, checked) => expect(sampleSize(cases)).toBe(checked))

describe('drawSample', () => {
  it('parts the cases, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(20), (items, count) => {
        const { drawn, rest } = drawSample(items, count, (n) => (n * 7) % n)
        expect(drawn).toHaveLength(Math.min(count, items.length))
        expect([...drawn, ...rest].sort()).toEqual([...items].sort())
      }),
    )
  })

  it('draws each as often', () => {
    const hits = [0, 0, 0, 0]
    for (let i = 0; i < 16; i++) {
      const picks = [i % 4, Math.floor(i / 4) % 3]
      let at = 0
      for (const item of drawSample([0, 1, 2, 3], 1, () => picks[at++] ?? 0).drawn) {
        hits[item] = (hits[item] ?? 0) + 1
      }
    }
    expect(hits).toEqual([4, 4, 4, 4])
  })
})

describe('groupAlike', () => {
  const item = (id: string, text: string, clusterId: string | null = id) => ({
    ...{ id, clusterId, words: text.split(' ') },
  })
  it('puts near-duplicates and cases that share words together, the largest group first', () => {
    const groups = groupAlike([
      item('alone', 'please weather'),
      item('refund', 'please refund invoice march'),
      item('login', 'please login error page'),
      item('refund too', 'please refund invoice april'),
      item('login again', 'please totally different', 'login'),
      item('refund three', 'please invoice refund may'),
    ])
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([
      ['refund', 'refund too', 'refund three'],
      ['login', 'login again'],
      ['alone'],
    ])
  })

  it('loses none', () => {
    const items = Array.from({ length: 50 }, (_, at) => item(String(at), `w${at % 7} w${at % 3}`))
    expect(groupAlike(items).flat()).toHaveLength(50)
    expect(groupAlike([])).toEqual([])
  })
})

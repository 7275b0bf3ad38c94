import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/testing/random'
import { DEFAULT_SETTINGS, describeMix, drawLanes, type Slot, sharesOf, sumOfShares } from './rules'
import { reviewSettings } from './schema'

const count = (slots: readonly Slot[], slot: Slot) => slots.filter((it) => it === slot).length

describe('drawLanes', () => {
  it('keeps to the shares within four standard errors', () => {
    const n = 100_000
    const slots = drawLanes(DEFAULT_SETTINGS, n, seeded(7))
    for (const [slot, share] of sharesOf(DEFAULT_SETTINGS)) {
      const p = share / 100
      expect(Math.abs(count(slots, slot) / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n))
    }
  })

  it('draws the same from the same random numbers, and n of them', () => {
    expect(drawLanes(DEFAULT_SETTINGS, 20, seeded(3))).toEqual(
      drawLanes(DEFAULT_SETTINGS, 20, seeded(3)),
    )
    expect(drawLanes(DEFAULT_SETTINGS, 20, seeded(3))).not.toEqual(
      drawLanes(DEFAULT_SETTINGS, 20, seeded(4)),
    )
    expect(drawLanes(DEFAULT_SETTINGS, 0, seeded(3))).toEqual([])
  })

  it('takes the borders between shares to the next', () => {
    const at = (u: number) => drawLanes(DEFAULT_SETTINGS, 1, () => u)[0]
    expect([0, 0.329, 0.33, 0.829, 0.83, 0.919, 0.92, 0.969, 0.97, 0.999].map(at)).toEqual([
      'random',
      'random',
      'targeted',
      'targeted',
      'second_opinion',
      'second_opinion',
      'check_case',
      'check_case',
      'repeat',
      'repeat',
    ])
  })

  it('never draws what has no share', () => {
    const mix = fc
      .array(fc.nat(100), { minLength: 4, maxLength: 4 })
      .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
      .map((cuts) => cuts.slice(1).map((cut, i) => cut - (cuts[i] ?? 0)))
      .map(([a = 0, b = 0, c = 0, d = 0, e = 0]) => ({
        randomShare: a,
        targetedShare: b,
        secondShare: c,
        checkShare: d,
        repeatShare: e,
      }))
    fc.assert(
      fc.property(mix, fc.integer(), (shares, seed) => {
        const none = sharesOf(shares).flatMap(([slot, share]) => (share === 0 ? [slot] : []))
        const drawn = drawLanes(shares, 200, seeded(seed))
        expect(drawn.filter((slot) => none.includes(slot))).toEqual([])
      }),
    )
  })
})

describe('describeMix', () => {
  it('says the mix in one sentence, and nothing of what does not come', () => {
    expect(describeMix(DEFAULT_SETTINGS)).toBe(
      'Of 100 cases 33 come in random order, 50 are picked on purpose, 9 are second opinions, 5 are check cases and 3 are repeats.',
    )
    const none = { targetedShare: 0, secondShare: 0, checkShare: 0, repeatShare: 0 }
    expect(describeMix({ ...none, randomShare: 99, checkShare: 1 })).toBe(
      'Of 100 cases 99 come in random order and 1 is a check case.',
    )
    expect(describeMix({ ...none, randomShare: 100 })).toBe(
      'Of 100 cases 100 come in random order.',
    )
  })
  it('is silent while the shares do not add up', () => {
    expect(describeMix({ ...DEFAULT_SETTINGS, randomShare: 32 })).toBeNull()
  })
})

describe('the settings', () => {
  it('take a third by rank, a half targeted and a sixth for the rest where nothing is set', () => {
    expect(reviewSettings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS)
    const { randomShare, targetedShare, ...rest } = DEFAULT_SETTINGS
    expect([randomShare, targetedShare]).toEqual([33, 50])
    expect(rest.secondShare + rest.checkShare + rest.repeatShare).toBe(17)
  })

  it.each([
    ['shares of 99', { randomShare: 32 }],
    ['shares of 101', { checkShare: 6 }],
    ['a share below nothing', { randomShare: -1, targetedShare: 84 }],
    ['a broken share', { randomShare: 32.5, targetedShare: 50.5 }],
    ['no room for a confusion pair', { pairCap: 0 }],
    ['a pass nobody can reach', { trainingPass: 101 }],
    ['a repeat on the same day', { repeatAfterDays: 0 }],
  ])('refuse %s', (_what, change) => {
    expect(reviewSettings.safeParse({ ...DEFAULT_SETTINGS, ...change }).success).toBe(false)
  })

  it('may leave a share out', () => {
    const mix = { ...DEFAULT_SETTINGS, repeatShare: 0, randomShare: 36 }
    expect(sumOfShares(mix)).toBe(100)
    expect(reviewSettings.safeParse(mix).success).toBe(true)
  })
})

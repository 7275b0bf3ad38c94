import { describe, expect, it } from 'vitest'
import {
  confusionPair,
  disagreement,
  pickRisky,
  planPicks,
  rankShares,
  rateRisks,
  shareQuota,
  shortfalls,
  wavering,
} from './rules'
import type { WaitingCase } from './schema'

let made = 0
/** A case shown as `shownId`, with that many votes by label. */
const waiting = (
  shownId: string | null,
  votes: Record<string, number>,
  rank = made / 1e6,
): WaitingCase => ({
  caseId: `case-${made++}`,
  rank,
  shownId,
  votes: Object.entries(votes).map(([labelId, n]) => ({
    labelId: labelId === 'none' ? null : labelId,
    n,
    alike: 0,
  })),
  marked: false,
})
const agreed = (n: number) => Array.from({ length: n }, () => waiting('A', { A: 3 }))

describe('disagreement', () => {
  it.each([
    ['all agree', waiting('A', { A: 4 }), 0],
    ['one of four says otherwise', waiting('A', { A: 3, B: 1 }), 0.25],
    ['most say otherwise', waiting('A', { A: 1, B: 2, C: 1 }), 0.75],
    ['no valid label is a vote against', waiting('A', { A: 1, none: 1 }), 0.5],
    ['no valid label is shown', waiting(null, { none: 1, A: 3 }), 0.75],
    ['one run says nothing', waiting('A', { A: 1 }), null],
  ])('%s', (_what, item, share) => expect(disagreement(item)).toBe(share))
})

describe('wavering', () => {
  const voted = (A: number, B: number) => ({
    ...waiting('A', {}),
    votes: [
      { labelId: 'A', n: 9, alike: A },
      { labelId: 'B', n: 0, alike: B },
    ],
  })
  it.each([
    ['repeats that agree', voted(3, 0), 0],
    ['one of three says otherwise', voted(2, 1), 1 / 3],
    ['no repeats', voted(1, 0), null],
  ])('%s', (_what, item, share) => {
    if (share === null) expect(wavering(item)).toBeNull()
    else expect(wavering(item)).toBeCloseTo(share)
  })

  it('is one more signal of the risk', () => {
    // By all votes equally risky; what wavers by itself comes first.
    const steady = { ...waiting('A', { A: 3, B: 3 }) }
    const unsteady = {
      ...steady,
      caseId: 'unsteady',
      votes: [
        { labelId: 'A', n: 3, alike: 1 },
        { labelId: 'B', n: 3, alike: 2 },
      ],
    }
    const sure = {
      ...steady,
      votes: steady.votes.map((vote, at) => ({ ...vote, alike: at ? 0 : 3 })),
    }
    const [first, second] = rateRisks([unsteady, sure])
    expect(first ?? 0).toBeGreaterThan(second ?? 1)
  })
})

describe('risk', () => {
  it('ranks from the least to the most, ties in their middle, the unknown left out', () => {
    expect(rankShares([0, 0, null, 0.5, 0.75])).toEqual([0.375, 0.375, null, 0.75, 1])
    expect(rankShares([])).toEqual([])
    expect(rankShares([null, 3])).toEqual([null, 1])
  })

  it('is the average of the ranks by every signal that knows the case', () => {
    const items = [waiting('A', { A: 2 }), waiting('A', { A: 1, B: 1 }), waiting('A', { A: 1 })]
    // By votes: 1/2, 2/2, nothing. By doubt: 2/3, 1/3, 3/3.
    const doubts = new Map(items.map(({ caseId }, at) => [caseId, [0.4, 0.1, 0.9][at] ?? null]))
    const doubt = ({ caseId }: WaitingCase) => doubts.get(caseId) ?? null
    expect(rateRisks(items)).toEqual([0.5, 1, null])
    const [first, second, third] = rateRisks(items, [disagreement, doubt])
    expect(first).toBeCloseTo((1 / 2 + 2 / 3) / 2)
    expect(second).toBeCloseTo((1 + 1 / 3) / 2)
    expect(third).toBe(1)
  })

  it('finds errors far more often than chance among the riskiest tenth', () => {
    let state = 1
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const labels = ['A', 'B', 'C', 'D']
    const other = () => labels[1 + Math.floor(random() * 3)] ?? 'B'
    // The truth is always A. Hard cases are got wrong by each of five runs half of the time.
    const items = Array.from({ length: 4_000 }, () => {
      const right = random() < 0.4 ? 0.5 : 0.95
      const said = Array.from({ length: 5 }, () => (random() < right ? 'A' : other()))
      const votes: Record<string, number> = {}
      for (const label of said) votes[label] = (votes[label] ?? 0) + 1
      return waiting(said[0] ?? null, votes)
    })
    const wrong = (some: readonly WaitingCase[]) =>
      some.filter(({ shownId }) => shownId !== 'A').length / some.length
    const riskiest = pickRisky(items, items.length)
      .slice(0, items.length / 10)
      .map(({ item }) => item)
    expect(wrong(riskiest)).toBeGreaterThan(2.5 * wrong(items))
  })
})

describe('pickRisky', () => {
  it('takes only cases on which runs disagree, the riskiest first', () => {
    const mild = waiting('A', { A: 3, B: 1 })
    const split = waiting('A', { A: 1, B: 3 })
    const picks = pickRisky([...agreed(3), mild, split, waiting('A', { A: 1 })], 20)
    expect(picks.map(({ item }) => item.caseId)).toEqual([split.caseId, mild.caseId])
  })

  it('takes no more of one confusion pair than allowed: the shown label and its strongest rival', () => {
    const ab = Array.from({ length: 5 }, () => waiting('A', { A: 1, B: 2, C: 1 }))
    const ba = waiting('B', { B: 3, A: 1 })
    const picks = pickRisky([...ab, ba], 2)
    expect(picks.map(({ item }) => confusionPair(item))).toEqual(['A B', 'A B', 'B A'])
    expect(picks.map(({ item }) => item.caseId)).toEqual([ab[0]?.caseId, ab[1]?.caseId, ba.caseId])
  })
})

describe('shareQuota', () => {
  const share = (lacking: Record<string, number>, available: Record<string, number>, n: number) =>
    Object.fromEntries(
      shareQuota(new Map(Object.entries(lacking)), new Map(Object.entries(available)), n),
    )

  it('is in proportion to what is lacking', () => {
    expect(share({ A: 300, B: 100 }, { A: 999, B: 999 }, 100)).toEqual({ A: 75, B: 25 })
  })
  it('gives what is left over to the largest remainder', () => {
    expect(share({ A: 1_000, B: 1_000, C: 500 }, { A: 99, B: 99, C: 99 }, 4)).toEqual({
      A: 2,
      B: 1,
      C: 1,
    })
  })
  it('gives to others what one has no cases for, and never more than is lacking', () => {
    expect(share({ A: 900, B: 100 }, { A: 3, B: 50 }, 20)).toEqual({ A: 3, B: 17 })
    expect(share({ A: 2, B: 1 }, { A: 50, B: 50 }, 20)).toEqual({ A: 2, B: 1 })
    expect(share({}, { A: 5 }, 20)).toEqual({})
  })
  it('asks only for categories below the target', () => {
    const counts = [
      { id: 'A', n: 3_000 },
      { id: 'B', n: 2_990 },
      { id: 'C', n: 4_000 },
    ]
    expect([...shortfalls(counts, 3_000)]).toEqual([['B', 10]])
  })
})

describe('planPicks', () => {
  const lacking = new Map([['C', 1_000]])
  const split = (n: number) =>
    Array.from({ length: n }, (_, i) => waiting('A', { A: 1, [`X${i}`]: 1 }))
  const rare = (n: number) => Array.from({ length: n }, () => waiting('C', { C: 3 }))
  const of = (picks: ReturnType<typeof planPicks>, selection: string) =>
    picks.filter((pick) => pick.selection === selection)

  it('fills half of the places with the riskiest and half with what a short category lacks', () => {
    const items = [...agreed(60), ...split(30), ...rare(30)]
    const picks = planPicks(items, { pairCap: 20, lacking, stock: 20 })
    expect(of(picks, 'targeted')).toHaveLength(10)
    expect(of(picks, 'quota')).toHaveLength(10)
    const firstRare = items.filter(({ shownId }) => shownId === 'C').slice(0, 10)
    expect(of(picks, 'quota').map(({ caseId }) => caseId)).toEqual(
      firstRare.map(({ caseId }) => caseId),
    )
    for (const pick of of(picks, 'quota'))
      expect(pick).toMatchObject({ aimedAtId: 'C', risk: null })
    for (const pick of of(picks, 'targeted')) {
      expect(pick.aimedAtId).toBeNull()
      expect(pick.place).toBe(1 - (pick.risk ?? Number.NaN))
    }
  })

  it('never lets quota take more than half, and risky cases take what quota leaves', () => {
    const noRisk = planPicks([...agreed(80), ...rare(40)], { pairCap: 20, lacking, stock: 20 })
    expect(of(noRisk, 'quota')).toHaveLength(10)
    expect(of(noRisk, 'targeted')).toHaveLength(0)
    const noQuota = planPicks([...agreed(80), ...split(40)], {
      pairCap: 20,
      lacking: new Map(),
      stock: 20,
    })
    expect(of(noQuota, 'targeted')).toHaveLength(20)
  })

  it('spreads the two kinds over one another, so that neither waits for the other to run out', () => {
    const picks = planPicks([...agreed(60), ...split(30), ...rare(30)], {
      pairCap: 20,
      lacking,
      stock: 20,
    })
    const order = [...picks].sort((a, b) => a.place - b.place || a.caseId.localeCompare(b.caseId))
    const last = of(picks, 'targeted')
      .map(({ place }) => place)
      .sort((a, b) => a - b)
    expect(order.at(-1)?.place).toBe(last.at(-1))
    const places = new Set(of(picks, 'targeted').map(({ place }) => place))
    for (const { place } of of(picks, 'quota')) expect(places).toContain(place)
  })

  it('leaves a small project three quarters of its cases in random order', () => {
    const picks = planPicks([...split(10), ...rare(10)], { pairCap: 20, lacking })
    expect(picks).toHaveLength(5)
  })

  it('marks a case once, whatever speaks for it', () => {
    const both = Array.from({ length: 20 }, () => waiting('C', { C: 1, A: 1 }))
    const picks = planPicks([...both, ...agreed(60)], { pairCap: 20, lacking, stock: 20 })
    expect(new Set(picks.map(({ caseId }) => caseId)).size).toBe(picks.length)
    expect(picks).toHaveLength(20)
  })
})

import type { Mark, WaitingCase } from './schema'

/** Marks that wait at a time. Small, so that they follow what is learned from run to run. */
export const STOCK = 200

/**
 * Cases looked at: the next ones by random rank, and those marked already. It bounds what planning
 * costs, whatever the size of the project: the riskiest of the next 10,000, not of all.
 */
export const WINDOW = 10_000

/** Of a small project no more than this share is marked, so that random work is left to do. */
const LARGEST_SHARE = 1 / 4

/** Quota picks take at most this share of the marks. */
const QUOTA_SHARE = 1 / 2

/** A number per case, higher is riskier, of any scale; null where it knows nothing of the case. */
type RiskSignal = (item: WaitingCase) => number | null

type Voted = { shownId: string | null; votes: readonly { labelId: string | null; n: number }[] }

/**
 * 1 − the share of votes for the label shown, among all runs that labelled the case. One run alone
 * says nothing.
 */
export const disagreement = ({ shownId, votes }: Voted): number | null => {
  const all = votes.reduce((sum, { n }) => sum + n, 0)
  if (all < 2) return null
  return 1 - (votes.find(({ labelId }) => labelId === shownId)?.n ?? 0) / all
}

/**
 * The same among runs of the very set-up that is shown, as repeats are: what it says otherwise when it
 * is only asked again.
 */
export const wavering: RiskSignal = ({ shownId, votes }) =>
  disagreement({
    shownId,
    votes: votes.map(({ labelId, alike }) => ({ labelId, n: alike })),
  })

/** What risk is made of. A classifier's doubt about the suggestion takes its place here. */
const SIGNALS: readonly RiskSignal[] = [disagreement, wavering]

/** Ranks from 1 up, ties sharing their middle, over the number of values: (0, 1]; null stays null. */
export function rankShares(values: readonly (number | null)[]): (number | null)[] {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b)
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  for (const [at, value] of known.entries()) {
    if (!first.has(value)) first.set(value, at + 1)
    last.set(value, at + 1)
  }
  return values.map((value) =>
    value === null
      ? null
      : ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2 / Math.max(1, known.length),
  )
}

/** Each case's risk: the average of its ranks by each signal that knows it (METHODS §5). */
export function rateRisks(
  items: readonly WaitingCase[],
  signals: readonly RiskSignal[] = SIGNALS,
): (number | null)[] {
  const ranks = signals.map((signal) => rankShares(items.map(signal)))
  return items.map((_, at) => {
    const known = ranks.flatMap((rank) => rank[at] ?? [])
    return known.length === 0 ? null : known.reduce((sum, rank) => sum + rank, 0) / known.length
  })
}

/** The label shown and the most frequent other one; null where the runs agree. */
export function confusionPair({ shownId, votes }: WaitingCase): string | null {
  const [other] = votes
    .filter(({ labelId }) => labelId !== shownId)
    .sort((a, b) => b.n - a.n || String(a.labelId).localeCompare(String(b.labelId)))
  return other ? `${shownId} ${other.labelId}` : null
}

type Rated = { item: WaitingCase; risk: number }

/** The riskiest first; only cases on which runs disagree, and of one confusion pair at most `cap`. */
export function pickRisky(items: readonly WaitingCase[], cap: number): Rated[] {
  const risks = rateRisks(items)
  const taken = new Map<string, number>()
  return items
    .flatMap((item, at) => {
      const risk = risks[at] ?? null
      return risk === null ? [] : [{ item, risk }]
    })
    .sort((a, b) => b.risk - a.risk || a.item.rank - b.item.rank)
    .filter(({ item }) => {
      const pair = confusionPair(item)
      const before = pair === null ? cap : (taken.get(pair) ?? 0)
      if (pair === null || before >= cap) return false
      taken.set(pair, before + 1)
      return true
    })
}

/** How far categories are below the target, by id; what has reached it is left out. */
export function shortfalls(
  categories: readonly { id: string; n: number }[],
  target: number,
): Map<string, number> {
  return new Map(categories.flatMap(({ id, n }) => (n < target ? [[id, target - n] as const] : [])))
}

/**
 * Shares `n` picks out in proportion to the shortfall, by largest remainders, no category getting more
 * than it lacks or than there is; what one can't use goes to the others.
 */
export function shareQuota(
  lacking: ReadonlyMap<string, number>,
  available: ReadonlyMap<string, number>,
  n: number,
): Map<string, number> {
  const given = new Map<string, number>()
  const room = (id: string) =>
    Math.min(lacking.get(id) ?? 0, available.get(id) ?? 0) - (given.get(id) ?? 0)
  for (let left = n; left > 0; ) {
    const open = [...lacking.keys()].filter((id) => room(id) > 0)
    if (open.length === 0) break
    const whole = open.reduce((sum, id) => sum + (lacking.get(id) ?? 0), 0)
    const parts = open.map((id) => ({ id, part: ((lacking.get(id) ?? 0) / whole) * left }))
    const spare = left - parts.reduce((sum, { part }) => sum + Math.floor(part), 0)
    parts.sort((a, b) => (b.part % 1) - (a.part % 1) || a.id.localeCompare(b.id))
    for (const [at, { id, part }] of parts.entries()) {
      const more = Math.min(room(id), Math.floor(part) + (at < spare ? 1 : 0))
      given.set(id, (given.get(id) ?? 0) + more)
      left -= more
    }
  }
  return given
}

type Wishes = { pairCap: number; lacking: ReadonlyMap<string, number>; stock?: number }

/**
 * What is to be reviewed before its turn, of the cases looked at: the riskiest, and in up to half of
 * the places the next by rank whose suggestion predicts a category that is short of its target.
 */
export function planPicks(items: readonly WaitingCase[], wishes: Wishes): Mark[] {
  const stock = Math.min(wishes.stock ?? STOCK, Math.ceil(items.length * LARGEST_SHARE))
  const risky = pickRisky(items, wishes.pairCap)
  const certain = new Set(
    risky.slice(0, Math.ceil(stock * (1 - QUOTA_SHARE))).map(({ item }) => item.caseId),
  )
  const rest = items.filter(({ caseId }) => !certain.has(caseId))
  const quota = pickQuota(rest, wishes.lacking, Math.floor(stock * QUOTA_SHARE))
  const forQuota = new Set(quota.map(({ caseId }) => caseId))
  const targeted = risky
    .filter(({ item }) => !forQuota.has(item.caseId))
    .slice(0, stock - quota.length)
  return placePicks(targeted, quota)
}

function pickQuota(
  items: readonly WaitingCase[],
  lacking: ReadonlyMap<string, number>,
  n: number,
): WaitingCase[] {
  const available = new Map<string, number>()
  for (const { shownId } of items) {
    if (shownId !== null) available.set(shownId, (available.get(shownId) ?? 0) + 1)
  }
  const left = shareQuota(lacking, available, n)
  return [...items]
    .sort((a, b) => a.rank - b.rank)
    .filter(({ shownId }) => {
      const wanted = shownId === null ? 0 : (left.get(shownId) ?? 0)
      if (shownId === null || wanted === 0) return false
      left.set(shownId, wanted - 1)
      return true
    })
}

/**
 * A risky case stands at 1 − risk. Quota picks, in the order of their rank, are spread evenly between
 * them, or one kind would wait for the other to run out.
 */
function placePicks(targeted: readonly Rated[], quota: readonly WaitingCase[]): Mark[] {
  const picks: Mark[] = targeted.map(({ item, risk }) => ({
    caseId: item.caseId,
    selection: 'targeted',
    place: 1 - risk,
    risk,
    aimedAtId: null,
  }))
  const beside = (at: number) => targeted[Math.floor((at * targeted.length) / quota.length)]
  for (const [at, { caseId, rank, shownId }] of quota.entries()) {
    const place = 1 - (beside(at)?.risk ?? 1 - rank)
    picks.push({ caseId, selection: 'quota', place, risk: null, aimedAtId: shownId })
  }
  return picks
}

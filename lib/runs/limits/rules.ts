import { readNumber } from '@/lib/platform/numbers'

/** How many cases a run takes where nobody says, and at most. */
export const DEFAULT_LIMIT = 150
export const MOST_CASES = 10_000_000
/** Runs alike that are started together. */
export const MOST_REPEATS = 5

/** The number of cases that somebody typed; null where it is none that a run can have. */
export function readCaseLimit(text: string): number | null {
  const limit = readNumber(text)
  return Number.isInteger(limit) && limit >= 1 && limit <= MOST_CASES ? limit : null
}

export type Limited = {
  calls: number
  callLimit: number | null
  /** Both in millionths of a dollar; a cost that is not known reaches no limit. */
  cost: number | null
  costLimit: number | null
}

/** What each of so many runs may spend that share a budget and a number of calls. */
export function shareLimits<
  Limits extends { costLimit?: number | null; callLimit?: number | null },
>(limits: Limits, runs: number): Limits {
  const share = (limit: number | null | undefined) =>
    limit ? Math.max(1, Math.floor(limit / runs)) : limit
  return { ...limits, costLimit: share(limits.costLimit), callLimit: share(limits.callLimit) }
}

export type LimitReached = 'calls' | 'cost'

/** Which limit of a run is reached; null: none. Calls under way when it is may still go beyond it. */
export function findLimitReached({
  calls,
  callLimit,
  cost,
  costLimit,
}: Limited): LimitReached | null {
  if (costLimit !== null && cost !== null && cost >= costLimit) return 'cost'
  if (callLimit !== null && calls >= callLimit) return 'calls'
  return null
}

/** While nothing is known of what a call costs. */
const FIRST_CALLS = 8

/**
 * Calls that may still be begun, when `unsaved` are begun and not counted yet. A budget allows what it
 * pays for at the mean cost until now: what is on its way when it is spent would go beyond it.
 */
export const countCallsLeft = (run: Limited, unsaved: number): number =>
  Math.min((run.callLimit ?? Number.POSITIVE_INFINITY) - run.calls, countAffordable(run)) - unsaved

function countAffordable({ calls, cost, costLimit }: Limited): number {
  if (costLimit === null || cost === null) return Number.POSITIVE_INFINITY
  if (calls === 0) return FIRST_CALLS
  if (cost === 0) return Number.POSITIVE_INFINITY
  // The last one may be dearer than the mean, but without it the limit is never reached.
  return Math.max(1, Math.floor(((costLimit - cost) * calls) / cost))
}

export const LIMIT_WORDS: Record<LimitReached, string> = {
  calls: 'Paused: it has made as many calls as it may. Allow more, and it goes on.',
  cost: 'Paused: it has spent its budget. Raise the budget, and it goes on.',
}

type More = { calls: number; cost: number }

/** Which limit of a run so much more would pass; null: none. What is begun whole can't pause halfway. */
export function findLimitPassed(run: Limited, more: More): LimitReached | null {
  const { cost, costLimit, callLimit } = run
  if (costLimit !== null && cost !== null && cost + more.cost > costLimit) return 'cost'
  if (callLimit !== null && run.calls + more.calls > callLimit) return 'calls'
  return findLimitReached(run)
}

type Foreseen = { limit: LimitReached; enough: number; atOnce: boolean }

/**
 * The limit at which a run will pause, as far as its estimate tells before it begins, and what would be
 * enough; null: none. `atOnce`: before it has asked anything, as its first batch job alone would pass it.
 */
export function foreseeLimit(
  limits: Pick<Limited, 'callLimit' | 'costLimit'>,
  estimate: { calls: number; cost: number | null; batch: { first: number } | null },
): Foreseen | null {
  const { calls, batch } = estimate
  const none = { calls: 0, cost: estimate.cost === null ? null : 0, ...limits }
  const find = (more: More, atOnce: boolean): Foreseen | null => {
    const limit = findLimitPassed(none, more)
    return limit && { limit, enough: limit === 'calls' ? more.calls : more.cost, atOnce }
  }
  const all = { calls, cost: estimate.cost ?? 0 }
  const share = batch === null || calls === 0 ? 0 : batch.first / calls
  const first = { calls: batch?.first ?? 0, cost: Math.ceil(all.cost * share) }
  return (batch && find(first, true)) ?? find(all, false)
}

const PASSED_WORDS: Record<LimitReached, string> = {
  calls: 'Paused: its next batch job would make more calls than it may.',
  cost: 'Paused: its next batch job would pass its budget.',
}

/** Why a run pauses before a batch job that takes so much `more`, and what lets it go on. */
export function sayLimitPassed(limit: LimitReached, run: Limited, more: More): string {
  const enough =
    limit === 'calls'
      ? `Allow ${run.calls + more.calls}`
      : `Raise the budget to $${(Math.ceil(((run.cost ?? 0) + more.cost) / 10_000) / 100).toFixed(2)}`
  return `${PASSED_WORDS[limit]} ${enough}, and it goes on.`
}

/** Which limit a run has paused before, by its message; null: none. */
export function readLimitPassed(message: string | null): LimitReached | null {
  const starts = (limit: LimitReached) => message?.startsWith(PASSED_WORDS[limit]) ?? false
  return starts('cost') ? 'cost' : starts('calls') ? 'calls' : null
}

/** What that message says would be enough, as somebody would type it; empty where it says nothing. */
export function readEnough(message: string | null): string {
  if (readLimitPassed(message) === null) return ''
  return /(?:Allow |\$)([\d.]*\d)(?=, and it goes on)/.exec(message ?? '')?.[1] ?? ''
}

/** Why what somebody typed does not let a run go on; null: it does. `enough`: what its pause named. */
export function explainTooLow(
  limit: LimitReached,
  typed: number | null,
  run: Limited & { message: string | null },
): string | null {
  const isCost = limit === 'cost'
  if (Number.isNaN(typed)) return isCost ? 'A number above 0.' : 'A whole number from 1 up.'
  const dollars = (millionths: number) => `$${(millionths / 1_000_000).toFixed(2)}`
  const value = isCost ? Math.round((typed ?? 0) * 1_000_000) : (typed ?? 0)
  const named = Number(readEnough(run.message)) * (isCost ? 1_000_000 : 1)
  if (readLimitPassed(run.message) === limit && value < named) {
    return `At least ${isCost ? dollars(named) : named}: that is what its next batch job takes.`
  }
  const reached = isCost
    ? Math.max(run.cost ?? 0, run.costLimit ?? 0)
    : Math.max(run.calls, run.callLimit ?? 0)
  if (value > reached) return null
  return `More than ${isCost ? dollars(reached) : reached}: at that it would pause again at once.`
}

/** What somebody typed: dollars, calls, cases an hour; empty for none. */
export type TypedLimits = { dollars: string; calls: string; perHour: string }

export const NO_LIMITS: TypedLimits = { dollars: '', calls: '', perHour: '' }

const MOST = { dollars: 1_000_000, calls: 100_000_000, perHour: 100_000_000 }

/** What a limit may be, for whoever typed something else. */
export const sayAllowed = (field: keyof TypedLimits): string =>
  field === 'dollars'
    ? `A number above 0, at most ${MOST.dollars.toLocaleString('en-US')}, or nothing.`
    : `A whole number from 1 to ${MOST[field].toLocaleString('en-US')}, or nothing.`

/** A limit as a number, null where none was typed; NaN where it is none that a run can have. */
export function readLimit(field: keyof TypedLimits, text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const value = readNumber(trimmed)
  const whole = field === 'dollars' || Number.isInteger(value)
  return whole && value > 0 && value <= MOST[field] ? value : Number.NaN
}

/** The limits of a run, its budget in millionths of a dollar; null where one of them can't be. */
export function readLimits(typed: TypedLimits): {
  costLimit: number | null
  callLimit: number | null
  targetPerHour: number | null
} | null {
  const dollars = readLimit('dollars', typed.dollars)
  const callLimit = readLimit('calls', typed.calls)
  const targetPerHour = readLimit('perHour', typed.perHour)
  if ([dollars, callLimit, targetPerHour].some(Number.isNaN)) return null
  return {
    costLimit: dollars === null ? null : Math.max(1, Math.round(dollars * 1_000_000)),
    callLimit,
    targetPerHour,
  }
}

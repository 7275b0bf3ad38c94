/**
 * How many calls may be in flight. Bedrock's quotas are per minute and shared with whoever else uses
 * the account, so the right number is not known beforehand and changes: additive increase,
 * multiplicative decrease, as TCP does it. Each round of calls without throttling adds one; a
 * throttled call halves the limit, but calls that were already in flight when it was halved say
 * nothing about the new limit and don't halve it again. Fair between several workers without their
 * knowing of each other.
 */
export type Pace = {
  limit: number
  /** Calls that began before this moment (ms) don't count as throttled again. */
  loweredAt: number
}

const START = 8
const MOST = 32

export const startPace = (): Pace => ({ limit: START, loweredAt: 0 })

/** The pace after a call that began at `startedAt` and ended at `now` (both in ms). */
export function adaptPace(
  pace: Pace,
  call: { startedAt: number; now: number; throttled: boolean },
): Pace {
  if (!call.throttled) return { ...pace, limit: Math.min(MOST, pace.limit + 1 / pace.limit) }
  if (call.startedAt < pace.loweredAt) return pace
  return { limit: Math.max(1, pace.limit / 2), loweredAt: call.now }
}

/** Milliseconds before the next try of a call, doubling up to 20 s; `random` in [0,1) spreads them. */
export function chooseWait(attempt: number, random: number): number {
  return Math.min(20_000, 500 * 2 ** (attempt - 1)) * (0.5 + random / 2)
}

/**
 * How many calls may be in flight. Bedrock's quotas are per minute and shared with whoever else uses
 * the account, so the right number is not known beforehand and changes: additive increase,
 * multiplicative decrease, as TCP does it. Until the first throttling the limit doubles with each
 * round of calls; after it each round without throttling adds one; a throttled call halves the limit, but calls that were already in flight when it was halved say
 * nothing about the new limit and don't halve it again. Fair between several workers without their
 * knowing of each other.
 */
export type Pace = {
  limit: number
  /** The limit never goes above this. */
  most: number
  /** Nothing has been throttled yet: the limit doubles with each round, to find the right order. */
  probing: boolean
  /** Calls that began before this moment (ms) don't count as throttled again. */
  loweredAt: number
}

const START = 8
/** As many as one worker's connections and one core can serve. */
export const MOST_IN_FLIGHT = 128

export const startPace = (most = MOST_IN_FLIGHT): Pace => ({
  limit: Math.min(START, most),
  most,
  probing: true,
  loweredAt: 0,
})

/** The pace after a call that began at `startedAt` and ended at `now` (both in ms). */
export function adaptPace(
  pace: Pace,
  call: { startedAt: number; now: number; throttled: boolean },
): Pace {
  if (!call.throttled) {
    const more = pace.probing ? 1 : 1 / pace.limit
    return { ...pace, limit: Math.min(pace.most, pace.limit + more) }
  }
  if (call.startedAt < pace.loweredAt) return pace
  return { ...pace, limit: Math.max(1, pace.limit / 2), probing: false, loweredAt: call.now }
}

/** What a worker does around a call, and before the first one. */
const AROUND_CALL_MS = 5
const BEGIN_MS = 500

/**
 * About how long so many calls take, where none is throttled: rounds of calls, each with twice as many in
 * flight until there are as many as there may be.
 */
export function estimateDuration(calls: number, latencyMs: number, most = MOST_IN_FLIGHT): number {
  if (calls === 0) return 0
  const roundMs = (inFlight: number) => Math.max(latencyMs, inFlight * AROUND_CALL_MS)
  let ms = BEGIN_MS
  let left = calls
  for (
    let { limit } = startPace(most);
    limit < most && left > 0;
    limit = Math.min(most, limit * 2)
  ) {
    ms += roundMs(Math.min(limit, left))
    left -= limit
  }
  return Math.ceil(ms + (Math.max(0, left) / most) * roundMs(most))
}

/** Milliseconds before the next try of a call, doubling up to 20 s; `random` in [0,1) spreads them. */
export function chooseWait(attempt: number, random: number): number {
  return Math.min(20_000, 500 * 2 ** (attempt - 1)) * (0.5 + random / 2)
}

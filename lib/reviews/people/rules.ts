/** Log-likelihood ratios of a person who is 85 % right against one who is 95 % right. */
const RIGHT = Math.log(0.85 / 0.95)
const WRONG = Math.log(0.15 / 0.05)
const ALARM = 4.605

export type Drift = {
  /** 0 and up; starts over after each alarm. */
  sum: number
  /** Place of each answer at which the sum reached the alarm, from 0. */
  alarms: number[]
}

/**
 * Watches for a person who has become worse: the one-sided CUSUM of answers to check cases, oldest
 * first (Page 1954), tuned to tell 85 % from 95 % right. An alarm at 4.605, the logarithm of 100.
 */
export function watchDrift(right: readonly boolean[]): Drift {
  let sum = 0
  const alarms: number[] = []
  for (const [place, isRight] of right.entries()) {
    if (alarms.at(-1) === place - 1) sum = 0
    sum = Math.max(0, sum + (isRight ? RIGHT : WRONG))
    if (sum >= ALARM) alarms.push(place)
  }
  return { sum, alarms }
}

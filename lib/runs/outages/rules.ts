import type { Outage, RunStatus } from '../schema'

/** So long a run waits for Bedrock to come back before it pauses. */
export const PATIENCE_MS = 10 * 60_000

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** Milliseconds before the next try, after so many (one or more) that did not get there. */
export const chooseWait = (tries: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20))

const GO_ON = 'No case was given up for it: go on when the way there is open again.'

/** Why a run has paused that could not reach Bedrock for so long; `error` is what was said last. */
export function sayGivenUp(patienceMs: number, error: string): string {
  const minutes = Math.max(1, Math.round(patienceMs / 60_000))
  const time = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `Paused: Bedrock could not be reached for ${time} (${error}). ${GO_ON}`
}

/** "trying again in 12 seconds", counted down by whoever shows it. */
export function sayNextTry(nextTryAt: number, now: number): string {
  const seconds = Math.ceil((nextTryAt - now) / 1_000)
  if (seconds <= 0) return 'trying again now'
  return `trying again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
}

type NotedOutage = { status: RunStatus; unreachableSince: Date | null; nextTryAt: Date | null }

/** What is noted of a run counts while it is at work. */
export function readOutage({ status, unreachableSince, nextTryAt }: NotedOutage): Outage | null {
  if (status !== 'running' || unreachableSince === null || nextTryAt === null) return null
  return { since: unreachableSince.toISOString(), nextTryAt: nextTryAt.toISOString() }
}

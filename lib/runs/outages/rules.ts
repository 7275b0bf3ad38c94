import type { Outage, RunStatus } from '../schema'

/** So long a run waits for Bedrock to come back, or to have room again, before it pauses. */
export const PATIENCE_MS = 10 * 60_000
/** So long every call has to be turned away before anybody is told: a shorter while passes unnoticed. */
export const UNNOTICED_MS = 5_000

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** Milliseconds before the next try, after so many (one or more) that did not get there. */
export const chooseWait = (tries: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20))

const GIVEN_UP: Record<Outage['kind'], (time: string, error: string) => string> = {
  unreachable: (time, error) =>
    `Paused: Bedrock could not be reached for ${time} (${error}). No case was given up for it: go on when the way there is open again.`,
  busy: (time, error) =>
    `Paused: Bedrock was busy and turned every call away for ${time} (${error}). No case was given up for it: go on later, or ask AWS for a larger quota first.`,
}

/** Why a run has paused that got nowhere for so long; `error` is what was said last. */
export function sayGivenUp(kind: Outage['kind'], patienceMs: number, error: string): string {
  const minutes = Math.max(1, Math.round(patienceMs / 60_000))
  return GIVEN_UP[kind](minutes === 1 ? 'a minute' : `${minutes} minutes`, error)
}

/** "trying again in 12 seconds", counted down by whoever shows it. */
export function sayNextTry(nextTryAt: number, now: number): string {
  const seconds = Math.ceil((nextTryAt - now) / 1_000)
  if (seconds <= 0) return 'trying again now'
  return `trying again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
}

type NotedOutage = {
  status: RunStatus
  unreachableSince: Date | null
  busySince: Date | null
  nextTryAt: Date | null
}

/** What is noted of a run counts while it is at work. */
export function readOutage(noted: NotedOutage): Outage | null {
  const { status, unreachableSince, busySince, nextTryAt } = noted
  const since = unreachableSince ?? busySince
  if (status !== 'running' || since === null || nextTryAt === null) return null
  return {
    kind: unreachableSince === null ? 'busy' : 'unreachable',
    since: since.toISOString(),
    nextTryAt: nextTryAt.toISOString(),
  }
}

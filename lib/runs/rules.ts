import type { RunStatus, StatusCounts, SuggestionStatus } from './schema'

/** Nothing more will come of it. */
export function isEnded(status: RunStatus): boolean {
  return status === 'done' || status === 'stopped' || status === 'failed'
}

/** All statuses in the order in which they are shown. */
export const SUGGESTION_STATUSES: readonly SuggestionStatus[] = [
  'parsed',
  'repaired',
  'off_list',
  'missing',
  'absent',
  'refused',
  'cut_off',
  'failed',
]

/** Statuses with a label that is one of the categories. All others count as wrong. */
export const isValid = (status: SuggestionStatus): boolean =>
  status === 'parsed' || status === 'repaired'

export function countStatuses(
  counted: readonly { status: SuggestionStatus; n: number }[],
): StatusCounts {
  const counts = Object.fromEntries(SUGGESTION_STATUSES.map((status) => [status, 0]))
  for (const { status, n } of counted) counts[status] = n
  return counts as StatusCounts
}

/** Milliseconds that a run was at work until now: what it was paused, or waited anew, is none of them. */
export function measureWork(
  run: { workingSince: Date | null; workedMs: bigint },
  now: Date,
): number {
  const since = run.workingSince === null ? 0 : now.getTime() - run.workingSince.getTime()
  return Number(run.workedMs) + Math.max(0, since)
}

/** How fast a run is and how long it will take, from the cases that were ended in so much time at work. */
export function measureProgress(run: { workedMs: number; ended: number; left: number }): {
  ratePerMinute: number | null
  timeLeftMs: number | null
} {
  if (run.workedMs <= 0 || run.ended === 0) return { ratePerMinute: null, timeLeftMs: null }
  const perMs = run.ended / run.workedMs
  return { ratePerMinute: perMs * 60_000, timeLeftMs: run.left / perMs }
}

/**
 * Whether a run keeps the speed that was promised for it: all of it once it is done, else by its rate
 * so far. Null before there is one, and where it ended before it was done. Pauses don’t count.
 */
export function keepsTarget(run: {
  status: RunStatus
  perHour: number
  ratePerMinute: number | null
}): boolean | null {
  if (run.ratePerMinute === null || (isEnded(run.status) && run.status !== 'done')) return null
  return run.ratePerMinute * 60 >= run.perHour
}

/** What each status is called and means, for people. */
export const STATUS_WORDS: Record<SuggestionStatus, { name: string; meaning: string }> = {
  parsed: { name: 'Read at once', meaning: 'The answer had the form that was asked for.' },
  repaired: {
    name: 'Repaired',
    meaning: 'The form was not kept, but the label in it is beyond doubt.',
  },
  off_list: {
    name: 'Not on the list',
    meaning: 'The model made up a label. It is kept as said and counts as wrong.',
  },
  missing: {
    name: 'No label',
    meaning: 'No label could be read, or several that differ. It counts as wrong.',
  },
  absent: {
    name: 'Left out',
    meaning: 'The model left the case out of its pack, each time it was asked. It counts as wrong.',
  },
  refused: {
    name: 'Refused',
    meaning: 'The model or a filter declined to answer. It counts as wrong.',
  },
  cut_off: {
    name: 'Cut off',
    meaning: 'The answer ended before its label: allow more tokens. It counts as wrong.',
  },
  failed: {
    name: 'Failed',
    meaning: 'The call failed each time it was tried. It counts as wrong.',
  },
}

export const RUN_STATUS_WORDS: Record<RunStatus, string> = {
  queued: 'Waiting for a worker',
  running: 'Running',
  paused: 'Paused',
  stopping: 'Stopping',
  stopped: 'Stopped',
  done: 'Done',
  failed: 'Failed',
}

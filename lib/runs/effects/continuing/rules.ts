import { isEnded } from '../../rules'
import type { RunStatus } from '../../schema'

type Study = { status: RunStatus; current: boolean; standIn: boolean; baseStatus: RunStatus }

/** Why a study can't go on from where it ended, as a sentence; null where it can. */
export function findObstacle(
  { status, current, standIn, baseStatus }: Study,
  standInNow: boolean,
): string | null {
  if (!isEnded(status)) return 'This look at the examples is under way.'
  if (status === 'done') return 'This look at the examples came to its end: nothing is left to ask.'
  if (!current) return 'The draft has changed since: look again to see what its examples do now.'
  if (standIn !== standInNow) {
    return 'It was begun with another kind of model: what the local stand-in says and what a model says are never mixed. Look again.'
  }
  if (isEnded(baseStatus) && baseStatus !== 'done') {
    return 'The run with all examples, which the others are compared with, did not get done. Look again.'
  }
  return null
}

type PartRun = { status: RunStatus; failed: number }

/** A run that was ended is taken up where it was, unless answers in it failed: these would count for ever. */
export const mustBeginAnew = ({ status, failed }: PartRun): boolean =>
  status !== 'done' && failed > 0

/** Answers of a part that are kept when its study goes on. */
export const countKept = (run: (PartRun & { done: number }) | null): number =>
  run === null || mustBeginAnew(run) ? 0 : run.done + run.failed

import type { RunStatus } from '../schema'

type Ended = {
  status: RunStatus
  items: number
  done: number
  failed: number
  standing: boolean
  /** What it was made for; null: for itself. */
  experiment: unknown
}

/**
 * Whether a run that failed can be gone on with once its cause is gone: what is left of it is asked.
 * One of an experiment goes on with that.
 */
export function canGoOn(run: Ended): boolean {
  if (run.status !== 'failed' || run.standing || run.experiment !== null) return false
  return run.done + run.failed < run.items
}

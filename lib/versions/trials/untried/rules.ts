import { listMissingRuns } from '../rules'
import type { TrialView } from '../schema'

/** What a draft that is about to be frozen was not tried with, in words, and what can be done first. */
export type Untried = {
  title: string
  text: string
  /** `again`: on the cases of its last trial. `first`: on cases that are still to be chosen. */
  offer: 'again' | 'first' | null
}

/**
 * Null where the draft was tried as it is now. `changes`: places at which it differs from what its last
 * trial labelled with; 0 where it was never tried.
 */
export function describeUntried(trial: TrialView, changes: number): Untried | null {
  const { draftRun, devCases } = trial
  if (draftRun?.status === 'done') {
    if (changes === 0) return null
    const untried = changes === 1 ? '1 change is' : `${changes.toLocaleString('en-US')} changes are`
    return {
      title: `The draft changed after its last trial on dev: ${untried} untried`,
      text: 'What the trial showed holds for what the draft said then, not for what you would freeze.',
      offer: 'again',
    }
  }
  if (devCases === 0) {
    return {
      title: 'The draft was never tried: there are no cases in the dev pool yet',
      text: 'Import cases first to see on dev whether it is better than what it was made from.',
      offer: null,
    }
  }
  if (draftRun && ['queued', 'running', 'stopping'].includes(draftRun.status)) {
    return {
      title: 'The trial on dev is still at work',
      text: 'Wait for it to see whether the draft is better than what it was made from.',
      offer: 'first',
    }
  }
  return {
    title: draftRun
      ? 'The last trial on dev came to no end: the draft is untried'
      : 'The draft was never tried on dev',
    text: 'A trial shows what it fixes and what it breaks, and can be repeated; a frozen version can’t be changed, and is tested only once.',
    offer: 'first',
  }
}

/** What has to be labelled for such a trial: the draft, and its parent where that was not tried either. */
export const listToTry = (trial: TrialView): string[] => [
  ...new Set([trial.version.id, ...listMissingRuns(trial)]),
]

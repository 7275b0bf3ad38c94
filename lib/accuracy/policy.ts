import { type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

/** Figures, the confusion matrix and the dev cases behind it. Reviewers must not learn any of it. */
export const mayReadAccuracy: Policy = promptEngineersAndManagers

import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

/** Start the one test run of a set-up, release it, roll back. */
export const mayRelease: Policy = promptEngineersAndManagers

/** Release what has not passed the gate, with a written reason. */
export const mayOverrideGate: Policy = managers

/**
 * Let the released version label what it has not labelled yet of the example pool. Starting runs is for
 * prompt engineers, but this one is part of a release: without it reviewers see no suggestions of what
 * was put into force. So who may release may start it, with the released version and for this only.
 */
export const mayLabelReleased: Policy = mayRelease

import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

/** Start the one test run of a set-up, release it, roll back. */
export const mayRelease: Policy = promptEngineersAndManagers

/** Release what has not passed the gate, with a written reason. */
export const mayOverrideGate: Policy = managers

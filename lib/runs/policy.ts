import { type Policy, promptEngineers, promptEngineersAndManagers } from '@/lib/platform/access'

/** Starting and stopping spend money and decide what is compared. */
export const mayRun: Policy = promptEngineers

export const mayReadRuns: Policy = promptEngineersAndManagers

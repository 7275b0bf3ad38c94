import { type Policy, promptEngineers, promptEngineersAndManagers } from '@/lib/platform/access'

/** Versions, their trials, corrections and releases. */
export const mayReadVersions: Policy = promptEngineersAndManagers

/** Make, change and freeze drafts; promote and dismiss corrections. */
export const mayEditVersions: Policy = promptEngineers

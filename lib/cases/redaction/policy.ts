import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

export const mayReadRedaction: Policy = promptEngineersAndManagers

/** What leaves the house is for whoever answers for the project. */
export const mayChangeRedaction: Policy = managers

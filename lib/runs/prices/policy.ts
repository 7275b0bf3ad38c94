import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

export const mayReadPrices: Policy = promptEngineersAndManagers

/** Budgets and what is said of costs rest on them. */
export const mayChangePrices: Policy = managers

import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

export const mayReadGateRule: Policy = promptEngineersAndManagers

/** Whoever may override the gate decides what it asks for. */
export const mayChangeGateRule: Policy = managers

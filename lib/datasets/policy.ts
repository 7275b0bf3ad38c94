import { managers, type Policy, promptEngineersAndManagers } from '@/lib/platform/access'

/** The balance of the labels, and downloads. */
export const mayReadTrainingData: Policy = promptEngineersAndManagers

/** Rows of the locked test pool in a download: not for those whose prompts are measured on it. */
export const mayExportTest: Policy = managers

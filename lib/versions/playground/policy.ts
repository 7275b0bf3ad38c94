import { type Policy, promptEngineers } from '@/lib/platform/access'

/** Ask versions about a case outside a run. It costs money like a run, and takes cases out of one's queue. */
export const mayTry: Policy = promptEngineers

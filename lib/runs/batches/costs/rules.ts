import type { RunEstimate } from '../../schema'

/**
 * Whether asking the same as a batch job costs more: its records are cheaper, but none of them reads the
 * fixed part from the prompt cache. Null where one of the two is not known, or nothing is paid for either.
 */
export function compareCosts({
  onDemand,
  batch,
}: RunEstimate['costs']): 'dearer' | 'cheaper' | 'alike' | null {
  if (onDemand === null || batch === null || (onDemand === 0 && batch === 0)) return null
  if (batch === onDemand) return 'alike'
  return batch > onDemand ? 'dearer' : 'cheaper'
}

import type { ModelRequest } from '../../calls/rules'
import { nameRecord } from '../rules'

/**
 * A line of a batch job's input. Its model is the job's. Cache points are left out: a batch job has no
 * prompt cache, and not every model takes them there.
 */
export function writeRecord(number: number, request: ModelRequest): string {
  const { modelId: _, system, ...rest } = request
  const modelInput = { system: system.filter((part) => 'text' in part), ...rest }
  return JSON.stringify({ recordId: nameRecord(number), modelInput })
}

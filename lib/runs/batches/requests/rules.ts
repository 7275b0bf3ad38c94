import { LONGEST_SIMILAR, SIMILAR_SHARE } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
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

/** Of a script with three the examples are over by half, for which the largest file leaves room. */
const BYTES_PER_CHARACTER = 2
/** Markup around a similar example, in characters. */
const MARKUP = 300

type Asked = Pick<PromptContent, 'similarExamples'>
type Pack = { most: number; room: number }

/** Bytes that a line has besides its cases: of `request`, which has an empty one, and similar examples. */
export function measureShared(request: ModelRequest, asked: Asked, { most, room }: Pack): number {
  const longest = asked.similarExamples * most * (LONGEST_SIMILAR + MARKUP)
  const similar = Math.min(longest, Math.max(0, room) * SIMILAR_SHARE) * BYTES_PER_CHARACTER
  return Math.ceil(Buffer.byteLength(writeRecord(0, request)) + similar)
}

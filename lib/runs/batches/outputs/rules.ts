import { z } from 'zod'
import { toStorable } from '../../calls/rules'
import { readRecordName } from '../rules'

const answer = z.object({
  output: z.object({
    message: z.object({ content: z.array(z.object({ text: z.string().optional() })) }),
  }),
  stopReason: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
})

const failure = z.object({
  errorCode: z.union([z.string(), z.number()]).optional(),
  errorMessage: z.string().optional(),
})

export type RecordAnswer = {
  number: number
  /** As Bedrock repeats it. */
  input: unknown
  said:
    | {
        kind: 'answer'
        text: string
        stopReason: string
        inputTokens: number
        outputTokens: number
      }
    | { kind: 'error'; name: string; message: string }
}

/** One line of a batch job's output; null where it belongs to no record of this product. */
export function readAnswerLine(line: string): RecordAnswer | null {
  const parsed = parse(line)
  const number = readRecordName(parsed?.recordId)
  if (!parsed || number === null) return null
  const read = answer.safeParse(parsed.modelOutput).data
  if (!read) return { number, input: parsed.modelInput, said: readError(parsed.error) }
  const { output, stopReason, usage } = read
  const text = toStorable(output.message.content.map((part) => part.text ?? '').join(''))
  return {
    number,
    input: parsed.modelInput,
    said: { kind: 'answer', text, stopReason, ...usage },
  }
}

function readError(said: unknown): RecordAnswer['said'] {
  const { errorCode, errorMessage } = failure.safeParse(said).data ?? {}
  return {
    kind: 'error',
    name: toStorable(String(errorCode ?? 'NoAnswer')),
    message: toStorable(errorMessage ?? 'The line of this record has no answer in it.'),
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

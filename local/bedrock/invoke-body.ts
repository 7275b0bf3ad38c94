import { createHash } from 'node:crypto'
import { readConverseRequest } from './converse-request'
import type { ModelAnswer, ModelCall } from './model-call'
import type { Model } from './models'
import { invalid, isObject, type JsonObject, readList, readObject, readText } from './shape'

const VERSION = 'bedrock-2023-05-31'
const REQUIRED = ['anthropic_version', 'max_tokens', 'messages'] as const
const KNOWN = new Set<string>([
  ...REQUIRED,
  'anthropic_beta',
  'metadata',
  'output_config',
  'stop_sequences',
  'system',
  'temperature',
  'top_k',
  'top_p',
])

/** Claude's own body, read as the Converse request that says the same. */
export function readInvokeRequest(body: unknown, model: Model): ModelCall {
  const given = readObject(body, 'body')
  const missing = REQUIRED.find((key) => given[key] === undefined)
  if (missing !== undefined) throw malformed(`#: required key [${missing}] not found`)
  const unknown = Object.keys(given).find((key) => !KNOWN.has(key))
  if (unknown !== undefined) throw malformed(`#: extraneous key [${unknown}] is not permitted`)
  if (given.anthropic_version !== VERSION) {
    throw invalid("anthropic_version: Input should be 'bedrock-2023-05-31'")
  }
  const messages = readList(given.messages, 'messages').map((message, i) => {
    const { role, content } = readObject(message, `messages.${i}`)
    return { role, content: readBlocks(content, `messages.${i}.content`) }
  })
  const request = {
    system: given.system === undefined ? [] : readBlocks(given.system, 'system'),
    messages,
    inferenceConfig: {
      maxTokens: given.max_tokens,
      temperature: given.temperature,
      topP: given.top_p,
      stopSequences: given.stop_sequences,
    },
    outputConfig: readFormat(given.output_config),
  }
  return readConverseRequest(request, model)
}

/** A plain text, or blocks of which some end a part that can be cached. */
function readBlocks(value: unknown, path: string): JsonObject[] {
  if (typeof value === 'string') return [{ text: value }]
  return readList(value, path).flatMap((one, i) => {
    const { type, text, cache_control: mark } = readObject(one, `${path}.${i}`)
    if (type !== 'text') throw invalid(`${path}.${i}: only blocks of type 'text' are read here`)
    const block = { text: readText(text, `${path}.${i}.text`) }
    if (mark === undefined) return [block]
    const { type: kind, ttl } = readObject(mark, `${path}.${i}.cache_control`)
    if (kind !== 'ephemeral') throw invalid(`${path}.${i}.cache_control.type: must be 'ephemeral'`)
    return [block, { cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } }]
  })
}

function readFormat(value: unknown): JsonObject {
  const format = isObject(value) ? value.format : undefined
  if (!isObject(format)) return {}
  const structure = { jsonSchema: { schema: JSON.stringify(format.schema ?? {}) } }
  return { textFormat: { type: format.type, structure } }
}

function malformed(what: string) {
  return invalid(`Malformed input request: ${what}, please reformat your input and try again.`)
}

export function writeInvokeAnswer(answer: ModelAnswer, model: Model) {
  const { text, stopReason, stopSequence, inputTokens, outputTokens } = answer
  return {
    id: `msg_bdrk_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model: model.id,
    content: text === '' ? [] : [{ type: 'text', text }],
    stop_reason: stopReason,
    stop_sequence: stopSequence,
    usage: {
      input_tokens: inputTokens,
      cache_creation_input_tokens: answer.cacheWritten,
      cache_read_input_tokens: answer.cacheRead,
      output_tokens: outputTokens,
    },
  }
}

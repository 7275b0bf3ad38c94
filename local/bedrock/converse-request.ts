import { countTokens, type Model } from './models'
import { invalid, type JsonObject, readList, readNumber, readObject, readText } from './shape'

/** What of a Converse request the stand-in acts on. */
export type ConverseRequest = {
  system: string
  turns: { role: 'user' | 'assistant'; text: string }[]
  maxTokens: number
  stopSequences: string[]
  inputTokens: number
  /** Equal for requests that ask the same, whatever their metadata. */
  content: string
}

/** Parts of Converse that need a language model behind them. */
const UNSUPPORTED = ['toolConfig', 'guardrailConfig', 'promptVariables'] as const

/** Checks a Converse body as the service does, and cuts it down to what matters here. */
export function readConverseRequest(body: unknown, model: Model): ConverseRequest {
  const given = readObject(body, 'body')
  const unsupported = UNSUPPORTED.find((key) => given[key] !== undefined)
  if (unsupported) throw invalid(`The model ${model.id} doesn't support ${unsupported}.`)
  readMetadata(given.requestMetadata)
  readOutputConfig(given.outputConfig, model)
  const system = readList(given.system ?? [], 'system').flatMap((block, i) =>
    readBlock(block, `system.${i}`),
  )
  const turns = readTurns(given.messages)
  const { maxTokens, stopSequences } = readInference(given.inferenceConfig, model)
  const texts = [...system, ...turns.flatMap((turn) => turn.texts)]
  const inputTokens = texts.reduce((sum, text) => sum + countTokens(text), 0)
  if (inputTokens > model.window) throw invalid('Input is too long for requested model.')
  if (inputTokens + maxTokens > model.window) {
    throw invalid(
      `input length and \`max_tokens\` exceed context limit: ${inputTokens} + ${maxTokens} > ${model.window}, decrease input length or \`max_tokens\` and try again`,
    )
  }
  return {
    system: system.join('\n'),
    turns: turns.map(({ role, texts: parts }) => ({ role, text: parts.join('\n') })),
    maxTokens,
    stopSequences,
    inputTokens,
    content: JSON.stringify([model.id, given.system, given.messages, given.inferenceConfig]),
  }
}

function readTurns(value: unknown): { role: 'user' | 'assistant'; texts: string[] }[] {
  const messages = readList(value, 'messages')
  const turns = messages.map((message, i) => {
    const path = `messages.${i}`
    const given = readObject(message, path)
    const role = readText(given.role, `${path}.role`)
    if (role !== 'user' && role !== 'assistant') {
      throw invalid(`Value at '${path}.role' must be one of [user, assistant].`)
    }
    const blocks = readList(given.content, `${path}.content`)
    if (blocks.length === 0) {
      throw invalid(`The content field in the Message object at ${path} is empty.`)
    }
    const texts = blocks.flatMap((block, b) => readBlock(block, `${path}.content.${b}`))
    return { role: role === 'user' ? ('user' as const) : ('assistant' as const), texts }
  })
  if (turns.length === 0) throw invalid('A conversation must have at least one message.')
  if (turns[0]?.role !== 'user') throw invalid('A conversation must start with a user message.')
  if (turns.at(-1)?.role !== 'user') {
    throw invalid('The conversation must end with a user message: prefill is not supported.')
  }
  const repeated = turns.findIndex((turn, i) => turn.role === turns[i - 1]?.role)
  if (repeated > 0) {
    throw invalid(
      `Roles must alternate between user and assistant, not so at messages.${repeated}.`,
    )
  }
  return turns
}

/** A text block as a list of one; a cache point, which changes nothing here, as none. */
function readBlock(value: unknown, path: string): string[] {
  const block = readObject(value, path)
  const [kind, ...others] = Object.keys(block)
  if (kind === undefined || others.length > 0) {
    throw invalid(`The content block at ${path} must have exactly one field.`)
  }
  if (kind === 'cachePoint') {
    readText(readObject(block.cachePoint, `${path}.cachePoint`).type, `${path}.cachePoint.type`)
    return []
  }
  if (kind !== 'text') throw invalid(`This model doesn't support the ${kind} field at ${path}.`)
  const text = readText(block.text, `${path}.text`)
  if (text.trim() === '') throw invalid(`The text field in the ContentBlock at ${path} is blank.`)
  return [text]
}

function readInference(value: unknown, model: Model) {
  const given = readObject(value ?? {}, 'inferenceConfig')
  const path = 'inferenceConfig'
  const maxTokens = readNumber(given.maxTokens, `${path}.maxTokens`, 1, model.longestAnswer)
  if (maxTokens === null || !Number.isInteger(maxTokens)) {
    throw invalid(`Value at '${path}.maxTokens' must be a whole number; always set it.`)
  }
  readNumber(given.temperature, `${path}.temperature`, 0, 1)
  readNumber(given.topP, `${path}.topP`, 0, 1)
  const stopSequences = readList(given.stopSequences ?? [], `${path}.stopSequences`).map((one) =>
    readText(one, `${path}.stopSequences`),
  )
  if (stopSequences.includes('')) throw invalid(`'${path}.stopSequences' holds an empty string.`)
  return { maxTokens, stopSequences }
}

function readMetadata(value: unknown): void {
  const entries = Object.entries(readObject(value ?? {}, 'requestMetadata'))
  if (entries.length > 16) throw invalid("Value at 'requestMetadata' must have at most 16 entries.")
  for (const [key, text] of entries) readText(text, `requestMetadata.${key}`)
}

function readOutputConfig(value: unknown, model: Model): void {
  const given: JsonObject = readObject(value ?? {}, 'outputConfig')
  if (given.textFormat !== undefined) {
    throw invalid(`The model ${model.id} doesn't support outputConfig.textFormat.`)
  }
}

import { createHash, type Hash } from 'node:crypto'
import type { CachePoint } from './cache'
import { BedrockError } from './errors'
import type { ModelCall } from './model-call'
import { countTokens, type Model } from './models'
import { invalid, readList, readNumber, readObject, readText } from './shape'
import { type AnswerSchema, readTextFormat } from './structured'

/** Parts of Converse that need a language model behind them. */
const UNSUPPORTED = ['toolConfig', 'guardrailConfig', 'promptVariables'] as const
const MOST_CACHE_POINTS = 4

type Block = { text: string } | { ttl: CachePoint['ttl'] }
type Turn = { role: 'user' | 'assistant'; blocks: Block[] }

/** Checks a Converse body as the service does, and cuts it down to what matters here. */
export function readConverseRequest(body: unknown, model: Model): ModelCall {
  const given = readObject(body, 'body')
  const unsupported = UNSUPPORTED.find((key) => given[key] !== undefined)
  if (unsupported) throw invalid(`The model ${model.id} doesn't support ${unsupported}.`)
  readMetadata(given.requestMetadata)
  const schema = readOutputConfig(given.outputConfig, model)
  const system = readList(given.system ?? [], 'system').map((block, i) =>
    readBlock(block, `system.${i}`, model),
  )
  const turns = readTurns(given.messages, model)
  const { maxTokens, stopSequences } = readInference(given.inferenceConfig, model)
  const blocks = [...system, ...turns.flatMap((turn) => turn.blocks)]
  const inputTokens = textsOf(blocks).reduce((sum, text) => sum + countTokens(text), 0)
  if (inputTokens > model.window) throw invalid('Input is too long for requested model.')
  if (inputTokens + maxTokens > model.window) {
    throw invalid(
      `input length and \`max_tokens\` exceed context limit: ${inputTokens} + ${maxTokens} > ${model.window}, decrease input length or \`max_tokens\` and try again`,
    )
  }
  const parts = [model.id, given.system, given.messages, given.inferenceConfig]
  const content = JSON.stringify(schema === null ? parts : [...parts, schema])
  return {
    model,
    system: textsOf(system).join('\n'),
    turns: turns.map((turn) => ({ role: turn.role, text: textsOf(turn.blocks).join('\n') })),
    maxTokens,
    stopSequences,
    schema,
    inputTokens,
    cachePoints: listCachePoints(blocks, model),
    content,
    key: createHash('sha256').update(content).digest('base64'),
  }
}

function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => ('text' in block ? [block.text] : []))
}

function readTurns(value: unknown, model: Model): Turn[] {
  const messages = readList(value, 'messages')
  const turns = messages.map((message, i): Turn => {
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
    return { role, blocks: blocks.map((one, b) => readBlock(one, `${path}.content.${b}`, model)) }
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

function readBlock(value: unknown, path: string, model: Model): Block {
  const block = readObject(value, path)
  const [kind, ...others] = Object.keys(block)
  if (kind === undefined || others.length > 0) {
    throw invalid(`The content block at ${path} must have exactly one field.`)
  }
  if (kind === 'cachePoint') return readCachePoint(block.cachePoint, `${path}.cachePoint`, model)
  if (kind !== 'text') throw invalid(`This model doesn't support the ${kind} field at ${path}.`)
  const text = readText(block.text, `${path}.text`)
  if (text.trim() === '') throw invalid(`The text field in the ContentBlock at ${path} is blank.`)
  return { text }
}

function readCachePoint(value: unknown, path: string, model: Model): Block {
  const { type, ttl = '5m' } = readObject(value, path)
  if (readText(type, `${path}.type`) !== 'default') {
    throw invalid(`Value at '${path}.type' must be one of [default].`)
  }
  if (model.cache === null) {
    throw new BedrockError(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    )
  }
  if (ttl !== '5m' && ttl !== '1h') throw invalid(`Value at '${path}.ttl' must be one of [5m, 1h].`)
  if (ttl === '1h' && !model.cache.hour) {
    throw invalid(`The model ${model.id} doesn't support a ttl of 1h at ${path}.`)
  }
  return { ttl }
}

/** The points that count: with enough tokens before them. The others are passed over without a word. */
function listCachePoints(blocks: readonly Block[], { id, cache }: Model): CachePoint[] {
  const ttls = blocks.flatMap((block) => ('ttl' in block ? [block.ttl] : []))
  if (ttls.length === 0 || cache === null) return []
  if (ttls.length > MOST_CACHE_POINTS) {
    throw invalid(
      `A maximum of ${MOST_CACHE_POINTS} cache points may be provided. Found ${ttls.length}.`,
    )
  }
  if (ttls.some((ttl, i) => ttl === '1h' && ttls[i - 1] === '5m')) {
    throw invalid("A cache point with ttl '1h' must not come after one with ttl '5m'.")
  }
  const points: CachePoint[] = []
  const hash: Hash = createHash('sha256').update(id)
  let tokens = 0
  for (const block of blocks) {
    if ('text' in block) {
      hash.update(JSON.stringify(block.text))
      tokens += countTokens(block.text)
    } else if (tokens >= cache.smallest) {
      points.push({ prefix: hash.copy().digest('base64'), tokens, ttl: block.ttl })
    }
  }
  return points
}

function readInference(value: unknown, model: Model) {
  const given = readObject(value ?? {}, 'inferenceConfig')
  const path = 'inferenceConfig'
  const maxTokens = readNumber(given.maxTokens, `${path}.maxTokens`, 1, model.longestAnswer)
  if (maxTokens === null || !Number.isInteger(maxTokens)) {
    throw invalid(`Value at '${path}.maxTokens' must be a whole number; always set it.`)
  }
  const temperature = readNumber(given.temperature, `${path}.temperature`, 0, 1)
  const topP = readNumber(given.topP, `${path}.topP`, 0, 1)
  checkSampling(temperature !== null, topP !== null, model)
  const stopSequences = readList(given.stopSequences ?? [], `${path}.stopSequences`).map((one) =>
    readText(one, `${path}.stopSequences`),
  )
  if (stopSequences.includes('')) throw invalid(`'${path}.stopSequences' holds an empty string.`)
  return { maxTokens, stopSequences }
}

/** Models differ in what they take; these are the sentences of the service. */
function checkSampling(hasTemperature: boolean, hasTopP: boolean, { sampling }: Model): void {
  const said = 'The model returned the following errors:'
  if (sampling === 'none' && (hasTemperature || hasTopP)) {
    const name = hasTemperature ? 'temperature' : 'top_p'
    throw invalid(`${said} \`${name}\` is deprecated for this model.`)
  }
  if (sampling === 'either' && hasTemperature && hasTopP) {
    throw invalid(
      `${said} \`temperature\` and \`top_p\` cannot both be specified for this model. Please use only one.`,
    )
  }
}

function readMetadata(value: unknown): void {
  const entries = Object.entries(readObject(value ?? {}, 'requestMetadata'))
  if (entries.length > 16) throw invalid("Value at 'requestMetadata' must have at most 16 entries.")
  for (const [key, text] of entries) readText(text, `requestMetadata.${key}`)
}

function readOutputConfig(value: unknown, model: Model): AnswerSchema | null {
  const { textFormat } = readObject(value ?? {}, 'outputConfig')
  if (textFormat !== undefined && !model.structured) {
    throw invalid(`The model ${model.id} doesn't support outputConfig.textFormat.`)
  }
  return readTextFormat(textFormat)
}

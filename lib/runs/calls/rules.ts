import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'
import type { CaseContent } from '@/lib/cases/schema'
import { abilitiesOf } from '@/lib/versions/models/rules'
import { SMALLEST_CASE } from '@/lib/versions/rendering/cases/rules'
import { answersBySchema } from '@/lib/versions/rendering/parts/rules'
import {
  estimateTokens,
  measureRoomForCase,
  mostInPack,
  renderFixedPart,
  renderQuestion,
  reserveAnswer,
  type SimilarCase,
} from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'

const text = z.object({ text: z.string() })
const cachePoint = z.object({ cachePoint: z.object({ type: z.literal('default') }) })

/** A Converse request, in the SDK's own shape, as far as the product uses it. */
const modelRequest = z.object({
  modelId: z.string(),
  system: z.array(z.union([text, cachePoint])),
  messages: z.array(z.object({ role: z.literal('user'), content: z.array(text) })),
  inferenceConfig: z.object({ maxTokens: z.number(), temperature: z.number().optional() }),
  /** Absent where the answer is asked for in words alone. */
  outputConfig: z
    .object({
      textFormat: z.object({
        type: z.literal('json_schema'),
        structure: z.object({ jsonSchema: z.object({ name: z.string(), schema: z.string() }) }),
      }),
    })
    .optional(),
})
export type ModelRequest = z.infer<typeof modelRequest>

/** What is stored of a request: all but the parts that every call of a run shares, or the whole. */
const storedRequest = modelRequest.partial({ system: true })
export type StoredRequest = z.infer<typeof storedRequest>

/**
 * Makes the request for one case, or for the cases of a pack; `cut` says of each whether it did not
 * fit and its middle is left out. `similar`: labelled cases that are like them, the most similar last;
 * the caller has made sure that neither the cases nor near-duplicates of them are among those. What comes
 * back of them is what there was room for.
 */
export type RequestMaker = <Similar extends SimilarCase>(
  cases: readonly CaseContent[],
  similar?: readonly Similar[],
) => { request: ModelRequest; cut: boolean[]; similar: Similar[] }

/** A request of which all but the model is known; null where it is none that this product makes. */
export function readRequest(modelId: string, input: unknown): ModelRequest | null {
  const given = typeof input === 'object' && input !== null ? input : {}
  return modelRequest.safeParse({ ...given, modelId }).data ?? null
}

/** The system text of a request. */
export function readSystem({ system }: ModelRequest): string {
  return system.map((part) => ('text' in part ? part.text : '')).join('')
}

/** What all requests of a run share, rendered once. */
type SharedParts = Pick<ModelRequest, 'system' | 'outputConfig'>

function renderSharedParts(content: PromptContent): SharedParts {
  const fixedPart = renderFixedPart(content)
  const { cacheFrom } = abilitiesOf(content.model.modelId)
  // Below the minimum a cache point does nothing; the estimate is rough, so it is set a little before.
  const cached = cacheFrom !== null && estimateTokens(fixedPart) >= cacheFrom * 0.8
  return {
    system: [
      { text: fixedPart },
      ...(cached ? [{ cachePoint: { type: 'default' as const } }] : []),
    ],
    ...(answersBySchema(content) ? { outputConfig: writeAnswerSchema(content) } : {}),
  }
}

/** The same for every call of a version, so that the model's side compiles it once. */
function writeAnswerSchema({ categories, packSize }: PromptContent): ModelRequest['outputConfig'] {
  const strict = { type: 'object', additionalProperties: false }
  const answer = {
    explanation: { type: 'string', description: 'At most two sentences.' },
    evidence: { type: 'string', description: 'A quotation from the case.' },
    classification: { type: 'string', enum: categories.map(({ name }) => name) },
  }
  const one = { ...strict, properties: answer, required: Object.keys(answer) }
  const item = { id: { type: 'string', description: 'The id of the case.' }, ...answer }
  const answers = {
    type: 'array',
    items: { ...strict, properties: item, required: Object.keys(item) },
  }
  const schema =
    packSize === 1 ? one : { ...strict, properties: { answers }, required: ['answers'] }
  const jsonSchema = { name: packSize === 1 ? 'answer' : 'answers', schema: JSON.stringify(schema) }
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } }
}

/** Characters of written cases that fit into a call, after the prompt and the answer. */
export function measureRoom(content: PromptContent, fixedPart: string, window: number): number {
  return measureRoomForCase(fixedPart, reserveAnswer(content, mostInPack(content)), window)
}

/**
 * Renders what all requests of a run share, once. `window` is the model's in tokens. Throws a
 * RangeError, with a sentence for the person, when the prompt leaves no room for any case.
 */
export function prepareRequests(content: PromptContent, window: number): RequestMaker {
  const shared = renderSharedParts(content)
  const { modelId, temperature } = content.model
  const room = measureRoom(content, renderFixedPart(content), window)
  if (room < SMALLEST_CASE * mostInPack(content)) {
    throw new RangeError(
      `The prompt leaves no room for a case in the ${window} tokens that ${modelId} takes: shorten it, switch examples off, put fewer cases in a call, or lower the maximum of tokens for the answer.`,
    )
  }
  return (cases, found = []) => {
    const maxTokens = reserveAnswer(content, cases.length)
    const { text, cut, similar } = renderQuestion(content, cases, found, room)
    const messages: ModelRequest['messages'] = [
      { role: 'user', content: [{ text: toStorable(text) }] },
    ]
    const inferenceConfig = temperature === null ? { maxTokens } : { maxTokens, temperature }
    return { request: { modelId, messages, inferenceConfig, ...shared }, cut, similar }
  }
}

export function stripSharedParts({
  system: _,
  outputConfig: __,
  ...stored
}: ModelRequest): StoredRequest {
  return stored
}

/**
 * The whole request of a call again, from the run's pinned content. `exact` is false where the hash
 * says that it is not what was sent: the rendering has changed since.
 */
export function rebuildRequest(
  content: PromptContent,
  call: { request: unknown; requestHash: string },
): { request: ModelRequest; exact: boolean } {
  const stored = storedRequest.parse(call.request)
  // A call with a system text of its own shares nothing with the others.
  const request = stored.system
    ? { ...stored, system: stored.system }
    : { ...stored, ...renderSharedParts(content) }
  return { request, exact: hashRequest(request) === call.requestHash }
}

/**
 * sha256 of a request, as 64 hex digits, whatever the order of its keys: PostgreSQL keeps JSON
 * without it.
 */
export function hashRequest(request: ModelRequest): string {
  const { system, messages, outputConfig } = request
  const { maxTokens, temperature } = request.inferenceConfig
  const rest = [
    messages.map(({ role, content }) => [role, content.map(({ text }) => text)]),
    maxTokens,
    temperature ?? null,
    ...(outputConfig ? [outputConfig.textFormat.structure.jsonSchema.schema] : []),
  ]
  return beginHash(request.modelId, system)
    .copy()
    .update(`,${JSON.stringify(rest).slice(1)}`)
    .digest('hex')
}

/** Hashes of what comes first, which all requests of a run share: it may be a hundred times the rest. */
const begun = new WeakMap<ModelRequest['system'], { modelId: string; hash: Hash }>()

function beginHash(modelId: string, system: ModelRequest['system']): Hash {
  const known = begun.get(system)
  if (known?.modelId === modelId) return known.hash
  // A cache point changes what is paid, not what is read.
  const canonical = [modelId, system.flatMap((part) => ('text' in part ? part.text : []))]
  const hash = createHash('sha256').update(JSON.stringify(canonical).slice(0, -1))
  begun.set(system, { modelId, hash })
  return hash
}

/** Text as PostgreSQL can keep it: NUL and halves of surrogate pairs become U+FFFD. */
export function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

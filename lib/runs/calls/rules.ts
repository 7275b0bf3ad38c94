import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CaseContent } from '@/lib/cases/schema'
import { SMALLEST_CASE } from '@/lib/versions/rendering/cases/rules'
import {
  measureRoomForCase,
  renderFixedPart,
  renderQuestion,
  type SimilarCase,
} from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'

/** A Converse request, in the SDK's own shape, as far as the product uses it. */
const modelRequest = z.object({
  modelId: z.string(),
  system: z.array(z.object({ text: z.string() })),
  messages: z.array(
    z.object({ role: z.literal('user'), content: z.array(z.object({ text: z.string() })) }),
  ),
  inferenceConfig: z.object({ maxTokens: z.number(), temperature: z.number().optional() }),
})
export type ModelRequest = z.infer<typeof modelRequest>

/** What is stored of a request: all but the fixed part, which every call of a run shares. */
const storedRequest = modelRequest.omit({ system: true })
export type StoredRequest = z.infer<typeof storedRequest>

/**
 * Makes the request for one case; `cut` says that the case did not fit and its middle is left out.
 * `similar`: labelled cases that are like it, the most similar last; the caller has made sure that
 * neither the case itself nor a near-duplicate of it is among them.
 */
export type RequestMaker = (
  caseContent: CaseContent,
  similar?: readonly SimilarCase[],
) => { request: ModelRequest; cut: boolean }

/**
 * Renders what all requests of a run share, once. `window` is the model's in tokens. Throws a
 * RangeError, with a sentence for the person, when the prompt leaves no room for any case.
 */
export function prepareRequests(content: PromptContent, window: number): RequestMaker {
  const fixedPart = renderFixedPart(content)
  const system = [{ text: fixedPart }]
  const { modelId, maxTokens, temperature } = content.model
  const room = measureRoomForCase(fixedPart, maxTokens, window)
  if (room < SMALLEST_CASE) {
    throw new RangeError(
      `The prompt leaves no room for a case in the ${window} tokens that ${modelId} takes: shorten it, switch examples off, or lower the maximum of tokens for the answer.`,
    )
  }
  const inferenceConfig = temperature === null ? { maxTokens } : { maxTokens, temperature }
  return (caseContent, similar = []) => {
    const { text, cut } = renderQuestion(content, caseContent, similar, room)
    const messages: ModelRequest['messages'] = [{ role: 'user', content: [{ text }] }]
    return { request: { modelId, system, messages, inferenceConfig }, cut }
  }
}

export function stripFixedPart({ system: _, ...stored }: ModelRequest): StoredRequest {
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
  const request = {
    ...storedRequest.parse(call.request),
    system: [{ text: renderFixedPart(content) }],
  }
  return { request, exact: hashRequest(request) === call.requestHash }
}

/**
 * sha256 of a request, as 64 hex digits, whatever the order of its keys: PostgreSQL keeps JSON
 * without it.
 */
export function hashRequest({ modelId, system, messages, inferenceConfig }: ModelRequest): string {
  const { maxTokens, temperature } = inferenceConfig
  const canonical = [
    modelId,
    system.map(({ text }) => text),
    messages.map(({ role, content }) => [role, content.map(({ text }) => text)]),
    maxTokens,
    temperature ?? null,
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}

/** Text as PostgreSQL can keep it: NUL and halves of surrogate pairs become U+FFFD. */
export function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

import { BedrockError } from './errors'
import { readNumber, readObject } from './shape'

/** A model's quota, null where there is none. `burstSeconds`: how much of it can be used at once. */
export type Limit = {
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  burstSeconds: number
}
type Bucket = { requests: number; tokens: number; at: number }

const MOST = 1_000_000_000

/**
 * Quotas as token buckets that fill evenly, one for each model. Of tokens, the prompt's and all of
 * `maxTokens` are taken in advance; what the answer did not need is given back. Which call is throttled
 * depends on when it comes: the one thing here that no seed decides.
 */
export class Limits {
  #limits: ReadonlyMap<string, Limit> = new Map()
  readonly #buckets = new Map<string, Bucket>()

  constructor(readonly now: () => number) {}

  get settings(): Record<string, Limit> {
    return Object.fromEntries(this.#limits)
  }

  /** By model; `*` is for those that are not named. Every bucket starts full. */
  set(limits: ReadonlyMap<string, Limit>): void {
    this.#limits = limits
    this.#buckets.clear()
  }

  /** Takes one request and so many tokens, or throws what the service throws. */
  take(modelId: string, tokens: number): void {
    const limit = this.#find(modelId)
    if (!limit) return
    const bucket = this.#fill(modelId, limit)
    if (bucket.requests < 1) throw throttled('requests')
    if (bucket.tokens < tokens) throw throttled('tokens')
    bucket.requests -= 1
    bucket.tokens -= tokens
  }

  giveBack(modelId: string, tokens: number): void {
    const limit = this.#find(modelId)
    if (limit) this.#fill(modelId, limit).tokens += tokens
  }

  #find(modelId: string): Limit | undefined {
    return this.#limits.get(modelId) ?? this.#limits.get('*')
  }

  #fill(modelId: string, limit: Limit): Bucket {
    const now = this.now()
    const most = (rate: number | null) =>
      rate === null ? Number.POSITIVE_INFINITY : (rate * limit.burstSeconds) / 60
    const [requests, tokens] = [most(limit.requestsPerMinute), most(limit.tokensPerMinute)]
    const bucket = this.#buckets.get(modelId) ?? { requests, tokens, at: now }
    const minutes = (now - bucket.at) / 60_000
    const grown = (held: number, rate: number | null, limit: number) =>
      rate === null ? limit : Math.min(limit, held + rate * minutes)
    bucket.requests = grown(bucket.requests, limit.requestsPerMinute, requests)
    bucket.tokens = grown(bucket.tokens, limit.tokensPerMinute, tokens)
    bucket.at = now
    this.#buckets.set(modelId, bucket)
    return bucket
  }
}

function throttled(what: string): BedrockError {
  return new BedrockError(
    'ThrottlingException',
    `Too many ${what}, please wait before trying again.`,
  )
}

/** `{"closecall.lexical-v1": {"requestsPerMinute": 60, "tokensPerMinute": 100000}, "*": {…}}` */
export function readLimits(body: unknown): Map<string, Limit> {
  return new Map(
    Object.entries(readObject(body, 'limits')).map(([model, value]) => {
      const given = readObject(value, model)
      const rate = (key: string) => readNumber(given[key], `${model}.${key}`, 0, MOST)
      const limit: Limit = {
        requestsPerMinute: rate('requestsPerMinute'),
        tokensPerMinute: rate('tokensPerMinute'),
        burstSeconds: rate('burstSeconds') ?? 60,
      }
      return [model, limit]
    }),
  )
}

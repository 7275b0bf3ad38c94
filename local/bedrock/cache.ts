/** A place in a prompt up to which it can be kept: what stands before it, by hash, and its tokens. */
export type CachePoint = { prefix: string; tokens: number; ttl: '5m' | '1h' }
/** `read` and `written`: tokens. */
export type CacheUse = { read: number; written: number; ttl: CachePoint['ttl'] }

const LIFETIME_MS = { '5m': 300_000, '1h': 3_600_000 }
const KEPT_PREFIXES = 10_000

/**
 * Prompt prefixes that have been read already. As on the service, a prefix can be read once the call
 * that wrote it has its answer (calls that start together all write), and each use renews its time.
 */
export class PromptCache {
  /** When each prefix is forgotten, in ms; the one used last stands last. */
  readonly #until = new Map<string, number>()

  constructor(readonly now: () => number) {}

  /** What a call that starts now reads and will write. */
  plan(points: readonly CachePoint[]): CacheUse {
    const last = points.at(-1)
    if (!last) return { read: 0, written: 0, ttl: '5m' }
    const known = points.findLast(({ prefix }) => (this.#until.get(prefix) ?? 0) > this.now())
    const read = known?.tokens ?? 0
    return { read, written: last.tokens - read, ttl: last.ttl }
  }

  /** To be called with the call's answer. */
  keep(points: readonly CachePoint[]): void {
    for (const { prefix, ttl } of points) {
      const until = Math.max(this.now() + LIFETIME_MS[ttl], this.#until.get(prefix) ?? 0)
      this.#until.delete(prefix)
      this.#until.set(prefix, until)
    }
    for (const prefix of this.#until.keys()) {
      if (this.#until.size <= KEPT_PREFIXES) return
      this.#until.delete(prefix)
    }
  }
}

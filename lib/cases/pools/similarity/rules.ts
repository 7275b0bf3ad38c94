import type { CaseContent } from '@/lib/cases/schema'

/**
 * Near-duplicates by MinHash and locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman,
 * Ullman: Mining of Massive Datasets, ch. 3): 16 bands of 4 rows. A pair with Jaccard similarity s
 * shares a band with probability 1 − (1 − s⁴)¹⁶: .9998 at .8, more than 1 − 10⁻⁷ at .9.
 */
const BANDS = 16
const ROWS = 4
const NEAR = 0.8

/** Words beyond this are not looked at: they can't make two texts near-duplicates by themselves. */
const MAX_WORDS = 50_000

/** What two texts are compared by: hashes of their shingles, sorted, for each size. */
export type Shingles = ReadonlyMap<number, Uint32Array>

/**
 * Shingles of 3 words; for short texts of 2 or 1. The spans overlap so far that two texts whose
 * lengths differ by a fifth, which near-duplicates can't exceed by more, share a size.
 */
const SIZES = [
  { size: 1, from: 0, to: 10 },
  { size: 2, from: 8, to: 30 },
  { size: 3, from: 24, to: Number.POSITIVE_INFINITY },
]

const WORDS = /[\p{L}\p{N}]+/gu

/** The words of a case, lower case; the subject counts unless it is only the start of the text. */
export function wordsOf({ subject, messages }: CaseContent): string[] {
  const texts = messages.map(({ text }) => text)
  const start = subject.replace(/…$/, '')
  const whole = texts[0]?.startsWith(start) ? texts : [subject, ...texts]
  const words = whole.join('\n').normalize('NFKC').toLowerCase().match(WORDS) ?? []
  return words.slice(0, MAX_WORDS)
}

export function shinglesOf(content: CaseContent): Shingles {
  const words = wordsOf(content)
  const hashes = Uint32Array.from(words, hashWord)
  const sizes = SIZES.filter(({ from, to }) => words.length >= from && words.length <= to)
  return new Map(sizes.map(({ size }) => [size, hashShingles(hashes, size)]))
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The finaliser of MurmurHash3: every bit of the input reaches every bit of the result. */
function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function hashShingles(words: Uint32Array, size: number): Uint32Array {
  const count = Math.max(words.length === 0 ? 0 : 1, words.length - size + 1)
  const all = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    let hash = size
    for (let j = i; j < i + size && j < words.length; j++) hash = mix(hash * 31 + (words[j] ?? 0))
    all[i] = hash
  }
  all.sort()
  return all.filter((hash, index) => index === 0 || hash !== all[index - 1])
}

const SEEDS = Uint32Array.from({ length: BANDS * ROWS }, (_, index) => mix(index + 0x9e3779b9))

/** One hash (signed, 64 bits) a band and size. Near-duplicates have one in common. */
export function bandsOf(shingles: Shingles): bigint[] {
  return [...shingles].flatMap(([size, hashes]) => bandsOfSize(size, hashes))
}

function bandsOfSize(size: number, hashes: Uint32Array): bigint[] {
  const signature = new Uint32Array(BANDS * ROWS).fill(0xffffffff)
  for (const hash of hashes) {
    for (let i = 0; i < signature.length; i++) {
      const value = mix(hash ^ (SEEDS[i] ?? 0))
      if (value < (signature[i] ?? 0)) signature[i] = value
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    let high = mix(band * 8 + size)
    let low = mix(high)
    for (let row = 0; row < ROWS; row++) {
      const value = signature[band * ROWS + row] ?? 0
      high = mix(high ^ value)
      low = mix(low + value)
    }
    return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low))
  })
}

/** Whether two texts share at least 0.8 of their shingles (Jaccard), at a size both have. */
export function isNear(a: Shingles, b: Shingles): boolean {
  for (const [size, hashes] of a) {
    const others = b.get(size)
    if (others && jaccard(hashes, others) >= NEAR) return true
  }
  return false
}

/** Shared part of two sorted sets, 0..1. Two empty texts are alike. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 && b.length === 0) return 1
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] ?? 0
    const right = b[j] ?? 0
    if (left === right) shared++
    if (left <= right) i++
    if (right <= left) j++
  }
  return shared / (a.length + b.length - shared)
}

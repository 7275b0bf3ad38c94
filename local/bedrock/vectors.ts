import type { Features, Field } from './features'

/** How much each term of a prompt counts; terms that the prompt lacks count as `unseen`. */
export type TermWeights = { of: ReadonlyMap<string, number>; unseen: number }

/** A term of the category list matters by decree, one that a single example uses is mostly chance. */
const LISTED = 2
const SINGLE = 0.5

/** Inverse document frequency over the lessons of a prompt, with these two corrections. */
export function weighTerms(
  lessons: readonly (readonly Field[])[],
  listed: ReadonlySet<string>,
): TermWeights {
  const counts = new Map<string, number>()
  for (const fields of lessons) {
    for (const term of new Set(fields.flatMap(({ terms }) => [...terms.keys()]))) {
      counts.set(term, (counts.get(term) ?? 0) + 1)
    }
  }
  const of = new Map<string, number>()
  for (const [term, n] of counts) {
    const correction = listed.has(term) ? LISTED : n === 1 ? SINGLE : 1
    of.set(term, correction * Math.log((1 + lessons.length) / n))
  }
  return { of, unseen: Math.log(1 + lessons.length) }
}

/** Sublinear term frequency × term weight; each field to its weight, the whole to unit length. */
export function blendFields(fields: readonly Field[], weights: TermWeights): Features {
  const blend: Features = new Map()
  for (const { weight, terms } of fields) {
    const vector: Features = new Map()
    for (const [term, count] of terms) {
      vector.set(term, Math.log(1 + count) * (weights.of.get(term) ?? weights.unseen))
    }
    scaleTo(vector, weight)
    for (const [term, value] of vector) blend.set(term, (blend.get(term) ?? 0) + value)
  }
  scaleTo(blend, 1)
  return blend
}

function scaleTo(vector: Features, length: number): void {
  let squares = 0
  for (const value of vector.values()) squares += value * value
  const scale = squares > 0 ? length / Math.sqrt(squares) : 0
  for (const [term, value] of vector) vector.set(term, value * scale)
}

export function dot(a: Features, b: Features): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0)
  return sum
}

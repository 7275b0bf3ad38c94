/** A labelled case that may stand beside others as a similar example. */
export type Candidate = {
  id: string
  /** Its near-duplicates share it. */
  clusterId: string | null
  labelId: string
  text: string
}

export type Neighbour = { id: string; labelId: string }

/**
 * What similar examples are looked for. `caseIds`: the case itself, or those that a pasted text nearly
 * repeats; `clusterIds`: their near-duplicates'. None of either may stand beside it.
 */
export type Sought = { caseIds: readonly string[]; clusterIds: readonly string[]; text: string }

/** Postings of one term: in which candidates it stands, and how much it weighs there. */
type Postings = { places: Int32Array; weights: Float32Array; rarity: number }

export type NeighbourIndex = {
  candidates: readonly Omit<Candidate, 'text'>[]
  terms: ReadonlyMap<string, Postings>
}

/** Of a text, so much is read: requests and answers begin with what they are about. */
const LONGEST_TEXT = 20_000
/** Of a question, the terms that weigh most; the rest would cost time and change nothing. */
const MOST_TERMS = 100
/** A term in a larger share of many candidates tells none from another. */
const COMMON_SHARE = 0.2
const MANY_CANDIDATES = 500

/**
 * An inverted index of TF-IDF vectors of length one: the cosine of a question with every candidate is
 * summed up from the postings of its terms alone. `1 + ln(tf)` times `ln((n + 1) / (df + 0.5))`.
 */
export function buildIndex(candidates: Iterable<Candidate>): NeighbourIndex {
  const builder = startIndex()
  for (const candidate of candidates) builder.add(candidate)
  const finishing = builder.finish()
  for (;;) {
    const step = finishing.next()
    if (step.done) return step.value
  }
}

/** So many terms are weighed between two pauses: a few milliseconds. */
const TERMS_AT_ONCE = 2_000

/**
 * The same, for candidates that come bit by bit: texts are not kept. Finishing pauses now and then, so
 * that a server has its turn.
 */
export function startIndex() {
  const candidates: Omit<Candidate, 'text'>[] = []
  const open = new Map<string, { places: number[]; weights: number[] }>()
  return {
    add({ text, ...candidate }: Candidate): void {
      const place = candidates.push(candidate) - 1
      for (const [term, count] of countTerms(text)) {
        const postings = open.get(term) ?? { places: [], weights: [] }
        postings.places.push(place)
        postings.weights.push(1 + Math.log(count))
        open.set(term, postings)
      }
    },
    *finish(): Generator<void, NeighbourIndex, void> {
      const squares = new Float64Array(candidates.length)
      const rarities = new Map<string, number>()
      let weighed = 0
      for (const [term, { places, weights }] of open) {
        if (++weighed % TERMS_AT_ONCE === 0) yield
        const rarity = Math.log((candidates.length + 1) / (places.length + 0.5))
        rarities.set(term, rarity)
        places.forEach((place, i) => {
          squares[place] = (squares[place] ?? 0) + ((weights[i] ?? 0) * rarity) ** 2
        })
      }
      const terms = new Map<string, Postings>()
      for (const [term, { places, weights }] of open) {
        if (++weighed % TERMS_AT_ONCE === 0) yield
        const rarity = rarities.get(term) ?? 0
        const scaled = places.map((place, i) => {
          const length = Math.sqrt(squares[place] ?? 0)
          return length === 0 ? 0 : ((weights[i] ?? 0) * rarity) / length
        })
        terms.set(term, {
          places: Int32Array.from(places),
          weights: Float32Array.from(scaled),
          rarity,
        })
        open.delete(term)
      }
      return { candidates, terms }
    },
  }
}

/**
 * The `n` candidates that are most like a case, the most similar last. Never the case itself nor a
 * near-duplicate of it; of two labels at least, as far as any candidate shares a word with the case.
 */
export function findNeighbours(
  { candidates, terms }: NeighbourIndex,
  { caseIds, clusterIds, text }: Sought,
  n: number,
): Neighbour[] {
  const scores = new Float32Array(candidates.length)
  for (const { postings, weight } of listHeaviest(terms, text, candidates.length)) {
    const { places, weights } = postings
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0
      scores[place] = (scores[place] ?? 0) + weight * (weights[i] ?? 0)
    }
  }
  const [ownIds, ownClusters] = [new Set(caseIds), new Set(clusterIds)]
  // Sorting all of them would take longer than all the rest: only the first, and the first of each label.
  const nearest: Ranked[] = []
  const firsts = new Map<string, Ranked>()
  candidates.forEach((one, place) => {
    const score = scores[place] ?? 0
    if (score <= 0 || ownIds.has(one.id)) return
    if (one.clusterId !== null && ownClusters.has(one.clusterId)) return
    const ranked = { id: one.id, labelId: one.labelId, score }
    const first = firsts.get(one.labelId)
    if (!first || isNearer(ranked, first)) firsts.set(one.labelId, ranked)
    insert(nearest, ranked, n)
  })
  return mixLabels(nearest, firsts, n)
    .map((one) => ({ id: one.id, labelId: one.labelId }))
    .reverse()
}

type Ranked = Neighbour & { score: number }

const isNearer = (a: Ranked, b: Ranked) => a.score > b.score || (a.score === b.score && a.id < b.id)

/** Keeps the `n` nearest, the nearest first. */
function insert(nearest: Ranked[], one: Ranked, n: number): void {
  const last = nearest.at(-1)
  if (nearest.length === n && last && !isNearer(one, last)) return
  let place = nearest.length
  for (let before = nearest[place - 1]; before && isNearer(one, before); ) {
    place -= 1
    before = nearest[place - 1]
  }
  nearest.splice(place, 0, one)
  if (nearest.length > n) nearest.pop()
}

/** Where the nearest all have one label, the last of them makes room for the nearest of another. */
function mixLabels(nearest: readonly Ranked[], firsts: ReadonlyMap<string, Ranked>, n: number) {
  const [first] = nearest
  if (!first || n < 2 || nearest.some(({ labelId }) => labelId !== first.labelId))
    return nearest.slice()
  const others = [...firsts.values()].filter(({ labelId }) => labelId !== first.labelId)
  const other = others.reduce<Ranked | null>(
    (best, one) => (best === null || isNearer(one, best) ? one : best),
    null,
  )
  return other ? [...nearest.slice(0, n - 1), other] : nearest.slice()
}

function listHeaviest(terms: NeighbourIndex['terms'], text: string, candidates: number) {
  const most = candidates > MANY_CANDIDATES ? candidates * COMMON_SHARE : candidates
  return [...countTerms(text)]
    .flatMap(([term, count]) => {
      const postings = terms.get(term)
      if (!postings || postings.places.length > most) return []
      return [{ postings, weight: (1 + Math.log(count)) * postings.rarity }]
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_TERMS)
}

function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]{2,40}/gu)) {
    // Scripts without spaces come as one long run: pairs of characters stand for their words.
    const parts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)
      ? listPairs(word)
      : [word.length > 4 ? word.replace(/(?:ies|es|s|ed|ing)$/, '') : word]
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1)
  }
  return counts
}

function listPairs(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}

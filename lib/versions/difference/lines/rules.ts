import { diffArrays } from 'diff'

export type DifferenceLine = { kind: 'added' | 'removed' | 'unchanged'; text: string }

/** Above this many changed lines between two anchors these are shown as replaced: finding the rest takes too long. */
const MOST_CHANGED_LINES = 300

type Pair = { before: number; after: number }

/**
 * What leads from one list of lines to the other. Lines that both have exactly once, in the same order,
 * stay as they are, whatever stands between; so hundreds of rewritten examples take no longer than one.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DifferenceLine[] {
  const lines: DifferenceLine[] = []
  let from: Pair = { before: 0, after: 0 }
  for (const to of [...findAnchors(before, after), END]) {
    const [old, now] = [before.slice(from.before, to.before), after.slice(from.after, to.after)]
    lines.push(...diffBetween(old, now))
    if (to === END) break
    lines.push({ kind: 'unchanged', text: before[to.before] ?? '' })
    from = { before: to.before + 1, after: to.after + 1 }
  }
  return lines
}

const END: Pair = { before: Number.POSITIVE_INFINITY, after: Number.POSITIVE_INFINITY }

function diffBetween(before: string[], after: string[]): DifferenceLine[] {
  const all = (kind: DifferenceLine['kind'], texts: string[]) =>
    texts.map((text): DifferenceLine => ({ kind, text }))
  if (before.length === 0) return all('added', after)
  if (after.length === 0) return all('removed', before)
  const changes = diffArrays(before, after, { maxEditLength: MOST_CHANGED_LINES })
  if (!changes) return [...all('removed', before), ...all('added', after)]
  return changes.flatMap(({ added, removed, value }) =>
    all(added ? 'added' : removed ? 'removed' : 'unchanged', value),
  )
}

/** The longest run of lines that stand once in each list and in the same order in both. */
function findAnchors(before: readonly string[], after: readonly string[]): Pair[] {
  const old = listUnique(before)
  const now = listUnique(after)
  const pairs = [...old].flatMap(([text, at]): Pair[] => {
    const there = now.get(text)
    return there === undefined ? [] : [{ before: at, after: there }]
  })
  return takeAscending(pairs)
}

/** Where each line stands that there is only one of, in order. */
function listUnique(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  lines.forEach((line, at) => {
    if (places.has(line)) repeated.add(line)
    else places.set(line, at)
  })
  for (const line of repeated) places.delete(line)
  return places
}

/** The longest subsequence whose places in the second list ascend (patience sorting). */
function takeAscending(pairs: readonly Pair[]): Pair[] {
  type Link = { pair: Pair; former: Link | undefined }
  const piles: Link[] = []
  for (const pair of pairs) {
    let [low, high] = [0, piles.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((piles[middle]?.pair.after ?? 0) < pair.after) low = middle + 1
      else high = middle
    }
    piles[low] = { pair, former: piles[low - 1] }
  }
  const taken: Pair[] = []
  for (let link = piles.at(-1); link; link = link.former) taken.push(link.pair)
  return taken.reverse()
}

/** A passage of a text; `end` is exclusive. */
export type Range = { start: number; end: number }

/** Characters that the text of an example may have. */
export const LONGEST_TEXT = 50_000

export const ELLIPSIS = '…'

/**
 * The kept passages of a text in their order, with an ellipsis for each stretch that was left out: on a
 * line of its own where whole lines are gone, else in the line. White space alone leaves no mark, nor
 * does an ellipsis that stood there from an earlier cut get a second one beside it.
 */
export function trim(text: string, kept: readonly Range[]): string {
  const passages = normalise(text, kept)
  let result = ''
  let at = 0
  for (const { start, end } of [...passages, { start: text.length, end: text.length }]) {
    const passage = text.slice(start, end)
    const gap = text.slice(at, start)
    result = /\S/.test(gap)
      ? leaveOut(result, gap, passage)
      : `${result}${at === 0 ? '' : gap}${passage}`
    at = end
  }
  return result.trim()
}

/** Joins what stands before and after a gap. */
function leaveOut(before: string, gap: string, after: string): string {
  const [left, right] = [before.trimEnd(), after.trimStart()]
  const space = /\n/.test(
    `${before.slice(left.length)}${gap}${after.slice(0, after.length - right.length)}`,
  )
    ? '\n'
    : ' '
  const marked = left.endsWith(ELLIPSIS) ? left : `${left}${left === '' ? '' : space}${ELLIPSIS}`
  const rest = right.startsWith(ELLIPSIS) ? right.slice(ELLIPSIS.length).trimStart() : right
  return rest === '' ? marked : `${marked}${space}${rest}`
}

/** In order, joined where they touch or overlap, within the text, none empty, no character torn apart. */
function normalise(text: string, kept: readonly Range[]): Range[] {
  const joined: Range[] = []
  const inOrder = kept
    .map(({ start, end }) => ({
      start: awayFromPair(text, clamp(start, text), -1),
      end: awayFromPair(text, clamp(end, text), 1),
    }))
    .filter(({ start, end }) => start < end && /\S/.test(text.slice(start, end)))
    .sort((a, b) => a.start - b.start)
  for (const range of inOrder) {
    const last = joined.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else joined.push({ ...range })
  }
  return joined
}

const clamp = (index: number, text: string) => Math.min(text.length, Math.max(0, index))

/** A cut between the two halves of one character moves outwards. */
function awayFromPair(text: string, index: number, by: 1 | -1): number {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1))
    ? index + by
    : index
}

/** The text without a passage. */
export const trimAway = (text: string, { start, end }: Range): string =>
  trim(text, [
    { start: 0, end: start },
    { start: end, end: text.length },
  ])

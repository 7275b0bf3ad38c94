import type { TextBlock, TextRange } from './conversation-text'

/** A message with more than either is shown by its beginning until all of it is asked for. */
const LONG_LINES = 14
const LONG_CHARACTERS = 1_200

/** Lines of the beginning, and characters that one line has room for. */
const HEAD_LINES = 10
const LINE_CHARACTERS = 90

/** Below this a part left out is not worth the asking. */
const FEWEST_HIDDEN = 240

/**
 * The parts of a long message that are in view at first: its beginning, and the line of every highlight.
 * `folded` are parts that take one line each, as quotations do. Null for a message that is shown whole.
 */
export function shortenText(
  text: string,
  highlights: readonly TextRange[],
  folded: readonly TextRange[] = [],
): TextRange[] | null {
  const seen = folded.reduceRight(
    (all, { start, end }) => all.slice(0, start) + all.slice(end),
    text,
  )
  if (seen.length <= LONG_CHARACTERS && seen.split('\n').length <= LONG_LINES) return null
  const parts: TextRange[] = [{ start: 0, end: walkLines(text, 0, HEAD_LINES, folded) }]
  for (const { start, end } of [...highlights].sort((a, b) => a.start - b.start)) {
    const last = parts.at(-1)
    // Never at the very end of a part, which fades out.
    const until = walkLines(text, end, 3)
    if (last && start < last.end + LINE_CHARACTERS) last.end = Math.max(last.end, until)
    else parts.push({ start: findLineStart(text, start), end: until })
  }
  const shown = parts.reduce((sum, part) => sum + part.end - part.start, 0)
  return text.trimEnd().length - shown < FEWEST_HIDDEN ? null : parts
}

/** The parts of blocks that lie within a range. */
export function clipBlocks(blocks: readonly TextBlock[], range: TextRange): TextBlock[] {
  return blocks
    .map((block) => ({
      ...block,
      start: Math.max(block.start, range.start),
      end: Math.min(block.end, range.end),
    }))
    .filter((block) => block.start < block.end)
}

/** Where about `lines` lines after `from` end, long ones counted as the screen breaks them. */
function walkLines(
  text: string,
  from: number,
  lines: number,
  folded: readonly TextRange[] = [],
): number {
  let at = from
  for (let left = lines; left > 0 && at < text.length; left--) {
    const fold = folded.find(({ start, end }) => start <= at && at < end)
    if (fold) {
      at = fold.end
      continue
    }
    const found = text.indexOf('\n', at)
    const end = found === -1 ? text.length : found + 1
    at = end - at <= LINE_CHARACTERS + 1 ? end : findWordEnd(text, at + LINE_CHARACTERS, end)
  }
  return at
}

/** The next blank from `at` on; long runs without one are cut. */
function findWordEnd(text: string, at: number, limit: number): number {
  const blank = text.slice(at, at + LINE_CHARACTERS).search(/\s/)
  return Math.min(limit, blank === -1 ? at : at + blank + 1)
}

/** Where the line of `at` begins, or where about two lines before it do. */
function findLineStart(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1
  if (at - start <= 2 * LINE_CHARACTERS) return start
  return text.lastIndexOf(' ', at - LINE_CHARACTERS) + 1
}

/** A range of characters of one text; `end` is exclusive. */
export type TextRange = { start: number; end: number }

/** A run of lines that is shown in one way. */
export type TextBlock = TextRange & { kind: 'plain' | 'code' | 'quote' | 'log'; lines: number }

/** A piece of a block in which nothing changes: inline code, highlighted, a word looked for, or not. */
export type TextPiece = TextRange & { code: boolean; marked: boolean; found: boolean }

const FENCE = /^ {0,3}(```|~~~)/
const QUOTE = /^ {0,3}>/
/** What mail programs put above the mail that is answered; long ones are broken once. */
const REPLY_HEAD =
  /^(?:(?:On|Am|Le|El) (?=[^\n]*\d)[^\n]{4,200}(?:\n[^\n]{1,120})?(?:wrote|schrieb[^\n:]{0,80}|a écrit|escribió) ?:|-{3,} ?Original Message ?-{3,})[ \t]*$/gim
/** Begins with a moment, a level, or as a frame of a stack. */
const LOG =
  /^\s*(\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b|at \S+ ?\(.*\)$)/
/** One line that begins with a moment is still a sentence. */
const FEWEST_LOG_LINES = 3
/** Quotations shorter than this are not worth a fold. */
const FOLDED_QUOTE_LINES = 3
const INLINE_CODE = /`[^`\n]+`/g

/**
 * Cuts a text into plain runs, fenced code, quoted lines and logs. Only looks are decided here: all
 * characters stay, fences included only where one is never closed.
 */
export function splitBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = []
  const replied = findReplied(text)
  let fence: { mark: string; start: number; lines: number } | null = null
  for (const line of eachLine(text)) {
    const isReplied = replied.some(({ start, end }) => start <= line.start && line.start < end)
    const mark = isReplied ? undefined : FENCE.exec(text.slice(line.start, line.end))?.[1]
    if (fence) {
      fence.lines++
      if (mark !== fence.mark) continue
      blocks.push({ kind: 'code', start: fence.start, end: line.start, lines: fence.lines - 1 })
      fence = null
    } else if (mark) {
      fence = { mark, start: line.next, lines: 0 }
    } else {
      const kind = isReplied ? 'quote' : kindOf(text.slice(line.start, line.end))
      const last = blocks.at(-1)
      if (last?.kind === kind && last.end === line.start) {
        last.end = line.next
        last.lines++
      } else blocks.push({ kind, start: line.start, end: line.next, lines: 1 })
    }
  }
  if (fence) blocks.push({ kind: 'code', start: fence.start, end: text.length, lines: fence.lines })
  return joinShortLogs(blocks).filter(
    (block) => block.kind === 'code' || text.slice(block.start, block.end).trim() !== '',
  )
}

/**
 * The mails that a message answers, with the line above them: up to the lines marked as quoted, or to
 * the end where none is.
 */
function findReplied(text: string): TextRange[] {
  return [...text.matchAll(REPLY_HEAD)].map((head) => {
    const after = head.index + head[0].length
    const blank = /^\s*\n/.exec(text.slice(after))?.[0].length ?? 0
    const isMarked = QUOTE.test(text.slice(after + blank))
    return { start: head.index, end: isMarked ? after + blank : text.length }
  })
}

/** The quotations that are folded at first: long, without a highlight, and not all that was written. */
export function findFoldedQuotes(
  blocks: readonly TextBlock[],
  highlights: readonly TextRange[],
): TextBlock[] {
  if (blocks.every(({ kind }) => kind === 'quote')) return []
  return blocks.filter(
    (block) =>
      isLongQuote(block) &&
      !highlights.some((range) => range.start < block.end && range.end > block.start),
  )
}

export const isLongQuote = ({ kind, lines }: TextBlock): boolean =>
  kind === 'quote' && lines >= FOLDED_QUOTE_LINES

function kindOf(line: string): 'quote' | 'log' | 'plain' {
  if (QUOTE.test(line)) return 'quote'
  return LOG.test(line) ? 'log' : 'plain'
}

/** A line or two that look like a log go back to the text around them. */
function joinShortLogs(blocks: readonly TextBlock[]): TextBlock[] {
  const joined: TextBlock[] = []
  for (const block of blocks) {
    const kind = block.kind === 'log' && block.lines < FEWEST_LOG_LINES ? 'plain' : block.kind
    const last = joined.at(-1)
    if (kind === 'plain' && last?.kind === 'plain' && last.end === block.start) {
      last.end = block.end
      last.lines += block.lines
    } else joined.push({ ...block, kind })
  }
  return joined
}

function* eachLine(text: string): Generator<TextRange & { next: number }> {
  let start = 0
  while (start < text.length) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    const next = found === -1 ? text.length : found + 1
    yield { start, end, next }
    start = next
  }
}

/** Cuts a block where inline code, a highlight or a word looked for begins or ends. */
export function splitPieces(
  text: string,
  block: TextBlock,
  highlights: readonly TextRange[],
  found: readonly TextRange[] = [],
): TextPiece[] {
  const codes = block.kind === 'code' ? [] : findInlineCode(text, block)
  const cuts = new Set([block.start, block.end])
  for (const range of [...codes, ...highlights, ...found]) {
    for (const at of [range.start, range.end]) if (at > block.start && at < block.end) cuts.add(at)
  }
  const points = [...cuts].sort((a, b) => a - b)
  const holds = (ranges: readonly TextRange[], at: number) =>
    ranges.some((range) => range.start <= at && at < range.end)
  return points.slice(0, -1).map((start, index) => ({
    start,
    end: points[index + 1] ?? block.end,
    code: holds(codes, start),
    marked: holds(highlights, start),
    found: holds(found, start),
  }))
}

function findInlineCode(text: string, block: TextBlock): TextRange[] {
  return [...text.slice(block.start, block.end).matchAll(INLINE_CODE)].map((match) => ({
    start: block.start + match.index,
    end: block.start + match.index + match[0].length,
  }))
}

/** What stays in view when the middle is folded: up to the first request, and from the last answer. */
export function findMiddle(
  messages: readonly { role: 'customer' | 'agent' | 'system' }[],
): TextRange | null {
  const first = messages.findIndex((message) => message.role === 'customer')
  const last = messages.findLastIndex((message) => message.role === 'agent')
  if (first === -1 || last - first < 3) return null
  return { start: first + 1, end: last }
}

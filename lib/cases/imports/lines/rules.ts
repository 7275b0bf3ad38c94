import { MAX_ROW_BYTES } from '@/lib/cases/imports/schema'

const LF = 10
const CR = 13
/** Kept of a row that is too long: enough for its excerpt. */
const KEPT_START = 1_000

/** A row as it stands in the file. `problem` says why its bytes are only a start. */
export type RawRow = { line: number; bytes: Buffer; problem: string | null }

/** Takes a file piece by piece; gives back the rows that ended in each piece. Holds one row at most. */
export type Splitter = { push(chunk: Buffer): RawRow[]; end(): RawRow[] }

export const TOO_LONG = `The row is longer than ${MAX_ROW_BYTES / 1024 ** 2} MB.`

/** Gathers the pieces of one row, and drops all but the start of one that is too long. */
export function rowHolder(maxBytes = MAX_ROW_BYTES) {
  let parts: Buffer[] = []
  let length = 0
  const add = (part: Buffer) => {
    if (part.length === 0) return
    const wasTooLong = length > maxBytes
    length += part.length
    if (wasTooLong) return
    parts.push(part)
    if (length > maxBytes) parts = [Buffer.from(Buffer.concat(parts).subarray(0, KEPT_START))]
  }
  /** Copies: what waits for the rest of its row must not keep a whole chunk in memory. */
  const keep = (part: Buffer) => add(length > maxBytes ? part : Buffer.from(part))
  const take = (line: number): RawRow => {
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
    const row = { line, bytes, problem: length > maxBytes ? TOO_LONG : null }
    parts = []
    length = 0
    return row
  }
  return { add, keep, take, isEmpty: () => length === 0 }
}

/** Splits at LF, CR LF and CR alike. Lines count from 1; empty ones are counted and left out. */
export function lineSplitter(maxBytes = MAX_ROW_BYTES): Splitter {
  const held = rowHolder(maxBytes)
  let line = 1
  let afterCr = false
  return {
    push(chunk) {
      const rows: RawRow[] = []
      let start = afterCr && chunk[0] === LF ? 1 : 0
      if (chunk.length > 0) afterCr = false
      let lf = chunk.indexOf(LF, start)
      let cr = chunk.indexOf(CR, start)
      while (lf !== -1 || cr !== -1) {
        const isCr = cr !== -1 && (lf === -1 || cr < lf)
        const end = isCr ? cr : lf
        held.add(chunk.subarray(start, end))
        if (!held.isEmpty()) rows.push(held.take(line))
        line++
        start = end + 1
        if (isCr) {
          if (start === chunk.length) afterCr = true
          else if (chunk[start] === LF) start++
          cr = chunk.indexOf(CR, start)
        }
        if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start)
      }
      held.keep(chunk.subarray(start))
      return rows
    },
    end: () => (held.isEmpty() ? [] : [held.take(line)]),
  }
}

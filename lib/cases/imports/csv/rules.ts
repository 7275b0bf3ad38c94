import { parse } from 'csv-parse/sync'
import { type RawRow, rowHolder, type Splitter } from '@/lib/cases/imports/lines/rules'
import { MAX_ROW_BYTES } from '@/lib/cases/imports/schema'

const LF = 10
const CR = 13
const QUOTE = 34

const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export const NEVER_CLOSED =
  'A quotation mark that is opened in this row is never closed: nothing after it could be read.'

/** Where the splitter stands. `closing`: just after a quotation mark inside a quoted field. */
type State = 'field' | 'plain' | 'quoted' | 'closing'

/**
 * Splits CSV into rows, line breaks inside quotation marks left in. The same reading of quotation
 * marks as csv-parse with `relax_quotes`: they open only at the start of a field.
 */
export function csvSplitter(delimiter: Delimiter, maxBytes = MAX_ROW_BYTES): Splitter {
  const held = rowHolder(maxBytes)
  const comma = delimiter.charCodeAt(0)
  let state: State = 'field'
  let line = 1
  let rowLine = 1
  let afterCr = false
  return {
    push(chunk) {
      const rows: RawRow[] = []
      let start = 0
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i]
        const isBreak = byte === CR || byte === LF
        if (byte === LF && afterCr) {
          // The second half of CR LF: its line is counted already.
          afterCr = false
          if (state === 'field' && start === i && held.isEmpty()) start = i + 1
          continue
        }
        afterCr = byte === CR
        if (isBreak) line++
        if (state === 'quoted') {
          if (byte === QUOTE) state = 'closing'
        } else if (isBreak) {
          held.add(chunk.subarray(start, i))
          if (!held.isEmpty()) rows.push(held.take(rowLine))
          start = i + 1
          rowLine = line
          state = 'field'
        } else if (byte === comma) state = 'field'
        else if (byte === QUOTE && state !== 'plain') state = 'quoted'
        else state = 'plain'
      }
      held.keep(chunk.subarray(start))
      return rows
    },
    end() {
      if (held.isEmpty()) return []
      const row = held.take(rowLine)
      return [state === 'quoted' && !row.problem ? { ...row, problem: NEVER_CLOSED } : row]
    },
  }
}

/** The cells of whole rows. Throws what csv-parse throws. */
function parseRows(rows: readonly Buffer[], delimiter: Delimiter): string[][] {
  const newline = Buffer.from('\n')
  return parse(Buffer.concat(rows.flatMap((row) => [row, newline])), {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
  })
}

/** The cells of each row; null for one that csv-parse can't read. */
export function parseCsvRows(rows: readonly Buffer[], delimiter: Delimiter): (string[] | null)[] {
  if (rows.length === 0) return []
  const together = tryParse(rows, delimiter)
  if (together?.length === rows.length) return together
  // One row that can't be read spoils a batch: find it by reading one at a time.
  return rows.map((row) => {
    const alone = tryParse([row], delimiter)
    return alone?.length === 1 ? (alone[0] ?? null) : null
  })
}

function tryParse(rows: readonly Buffer[], delimiter: Delimiter): string[][] | null {
  try {
    return parseRows(rows, delimiter)
  } catch {
    return null
  }
}

/** The delimiter that cuts the first rows into the most columns, alike in every row. */
export function guessDelimiter(start: Buffer): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 1 }
  for (const delimiter of DELIMITERS) {
    const splitter = csvSplitter(delimiter)
    const rows = splitter.push(start).slice(0, 50)
    const whole = rows.length > 0 ? rows : splitter.end()
    const widths = parseCsvRows(
      whole.map((row) => row.bytes),
      delimiter,
    ).map((cells) => cells?.length ?? 0)
    const header = widths[0] ?? 0
    const alike = widths.filter((width) => width === header).length / Math.max(1, widths.length)
    const score = header > 1 ? header * alike ** 2 : 0
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

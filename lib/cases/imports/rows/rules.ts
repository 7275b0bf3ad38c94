import { isUtf8 } from 'node:buffer'
import { csvSplitter, guessDelimiter, parseCsvRows } from '@/lib/cases/imports/csv/rules'
import { lineSplitter, type RawRow, type Splitter } from '@/lib/cases/imports/lines/rules'
import { type ImportFormat, MAX_COLUMNS } from '@/lib/cases/imports/schema'

const EXCERPT_CHARACTERS = 200
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

export type GoodRow = { line: number; values: Record<string, unknown>; bytes: Buffer }
export type BadRow = { line: number; reason: string; excerpt: string }
export type Row = GoodRow | BadRow
export const isBad = (row: Row): row is BadRow => 'reason' in row

/** The whole file can't be read; the message says what to do. */
export class UnreadableFile extends Error {}

/** Reads a file piece by piece. `push` and `end` give the rows that ended there, in order. */
export type RowReader = { push(chunk: Buffer): Row[]; end(): Row[] }

/** The start of a row, for a report: one line, without characters that a database or screen minds. */
export function excerptOf(bytes: Buffer): string {
  return (
    bytes
      .subarray(0, EXCERPT_CHARACTERS * 4)
      .toString('utf8')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .slice(0, EXCERPT_CHARACTERS)
      .toWellFormed()
  )
}

/**
 * What the first bytes of a file say of it. Throws `UnreadableFile` for what is neither CSV nor
 * JSONL in UTF-8, with the way out.
 */
export function inspectStart(
  start: Buffer,
  fileName: string,
): { format: ImportFormat; bom: boolean } {
  const bom = start.subarray(0, 3).equals(BOM)
  const text = start.subarray(bom ? 3 : 0, 4_096)
  if (text.toString('latin1').trim() === '' && start.length < 4_096) {
    throw new UnreadableFile('The file is empty.')
  }
  const [first, second] = start
  const nuls = text.filter((byte) => byte === 0).length
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UnreadableFile('The file is in UTF-16. Save it as UTF-8 and upload it again.')
  }
  if (nuls > text.length / 4) {
    throw new UnreadableFile('The file is not text in UTF-8. Save it as UTF-8 and upload it again.')
  }
  if ((first === 0x50 && second === 0x4b) || (first === 0x1f && second === 0x8b)) {
    throw new UnreadableFile(
      'This is a workbook or a compressed file. Save it as CSV, or unpack it, and upload it again.',
    )
  }
  const opening = text.toString('latin1').trimStart()[0]
  if (opening === '[' && !/\.(csv|tsv)$/i.test(fileName)) {
    throw new UnreadableFile(
      'This is one JSON list. Closecall reads JSONL: one JSON object a line, without a list around them.',
    )
  }
  const isJson = opening === '{' || /\.(jsonl|ndjson|json)$/i.test(fileName)
  return { format: isJson ? 'jsonl' : 'csv', bom }
}

/** `start`: the first bytes of the file, for the delimiter. They are pushed again with the rest. */
export function rowReader(format: ImportFormat, start: Buffer): RowReader {
  const read = format === 'jsonl' ? readJson : csvReader(start)
  const splitter: Splitter =
    format === 'jsonl' ? lineSplitter() : csvSplitter(guessDelimiter(start.subarray(0, 65_536)))
  let bomLeft = start.subarray(0, 3).equals(BOM) ? 3 : 0
  return {
    push(chunk) {
      const rest = bomLeft > 0 ? chunk.subarray(bomLeft) : chunk
      bomLeft = Math.max(0, bomLeft - chunk.length)
      return read(splitter.push(rest))
    },
    end: () => read(splitter.end()),
  }
}

const bad = (raw: RawRow, reason: string): BadRow => ({
  line: raw.line,
  reason,
  excerpt: excerptOf(raw.bytes),
})

function findRawProblem(raw: RawRow): string | null {
  if (raw.problem) return raw.problem
  return isUtf8(raw.bytes) ? null : 'The row has bytes that are not UTF-8.'
}

function readJson(raws: RawRow[]): Row[] {
  const rows: Row[] = []
  for (const raw of raws) {
    const problem = findRawProblem(raw)
    if (problem) rows.push(bad(raw, problem))
    else {
      const text = raw.bytes.toString('utf8')
      if (text.trim() !== '') rows.push(readObject(raw, text))
    }
  }
  return rows
}

function readObject(raw: RawRow, text: string): Row {
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch {
    return bad(raw, 'The line is not valid JSON.')
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return bad(raw, 'The line is not a JSON object.')
  }
  if (Object.keys(values).length > MAX_COLUMNS) {
    return bad(raw, `The row has more than ${MAX_COLUMNS} columns.`)
  }
  return { line: raw.line, values: values as Record<string, unknown>, bytes: raw.bytes }
}

function csvReader(start: Buffer): (raws: RawRow[]) => Row[] {
  const delimiter = guessDelimiter(start.subarray(0, 65_536))
  let header: string[] | null = null
  return (raws) => {
    const problems = raws.map(findRawProblem)
    const good = raws.filter((_, index) => problems[index] === null)
    const parsed = parseCsvRows(
      good.map((raw) => raw.bytes),
      delimiter,
    )
    const cellsOf = new Map(good.map((raw, index) => [raw, parsed[index] ?? null]))
    return raws.flatMap((raw, index) => {
      const cells = cellsOf.get(raw) ?? null
      if (!header) {
        header = readHeader(cells, problems[index] ?? null)
        return []
      }
      if (problems[index]) return [bad(raw, problems[index])]
      if (!cells) return [bad(raw, 'The row is not valid CSV.')]
      if (cells.every((cell) => cell.trim() === '')) return []
      return [readCells(raw, header, cells)]
    })
  }
}

function readHeader(cells: string[] | null, problem: string | null): string[] {
  if (!cells) {
    throw new UnreadableFile(
      `The first line, which names the columns: ${problem ?? 'not valid CSV.'}`,
    )
  }
  if (cells.length > MAX_COLUMNS) {
    throw new UnreadableFile(
      `The file has ${cells.length} columns; at most ${MAX_COLUMNS} can be read. Leave out what is not needed and upload it again.`,
    )
  }
  const names = new Set<string>()
  for (const [index, cell] of cells.entries()) {
    const name = cell.replaceAll('\u0000', '').trim().slice(0, 200) || `column ${index + 1}`
    let unique = name
    for (let n = 2; names.has(unique); n++) unique = `${name} (${n})`
    names.add(unique)
  }
  return [...names]
}

function readCells(raw: RawRow, header: string[], cells: string[]): Row {
  if (cells.length !== header.length) {
    return bad(raw, `The row has ${cells.length} columns, the first line has ${header.length}.`)
  }
  const values: Record<string, unknown> = Object.create(null)
  for (let i = 0; i < header.length; i++) values[header[i] ?? ''] = cells[i]
  return { line: raw.line, values, bytes: raw.bytes }
}

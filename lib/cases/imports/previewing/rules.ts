import { createProfiler } from '@/lib/cases/imports/columns/rules'
import type { LabelCategory } from '@/lib/cases/imports/labels/rules'
import { guessMapping } from '@/lib/cases/imports/mapping/rules'
import { cleanText, readCell } from '@/lib/cases/imports/normalising/text/rules'
import { type GoodRow, isBad, type Row } from '@/lib/cases/imports/rows/rules'
import { type ImportPreview, MAX_COLUMNS } from '@/lib/cases/imports/schema'

const SHOWN_ROWS = 10
const CELL_CHARACTERS = 200
const SHOWN_PROBLEMS = 20

/** What a file looks like, from its first rows. */
export function describeRows(
  rows: readonly Row[],
  categories: readonly LabelCategory[],
  bom: boolean,
): ImportPreview {
  const profiler = createProfiler()
  const good = rows.filter((row): row is GoodRow => !isBad(row))
  for (const { values } of good) profiler.add(values)
  const columns = profiler.columns()
  const problems = rows.filter(isBad)
  const warnings = bom ? ['A byte order mark at the start of the file was left out.'] : []
  if (problems.length > 0) {
    warnings.push(`${problems.length} of the first ${rows.length} rows can’t be read.`)
  }
  if (columns.length > MAX_COLUMNS) {
    warnings.push(`Only the first ${MAX_COLUMNS} of ${columns.length} columns can be chosen.`)
  }
  const shown = columns.slice(0, MAX_COLUMNS)
  return {
    columns: shown,
    rows: good.slice(0, SHOWN_ROWS).map(({ line, values }) => ({
      line,
      cells: shown.map(({ name }) => showCell(values[name])),
    })),
    rowsRead: rows.length,
    guess: guessMapping(shown, categories),
    problems: problems.slice(0, SHOWN_PROBLEMS),
    warnings,
  }
}

const showCell = (value: unknown) =>
  cleanText(readCell(value)).slice(0, CELL_CHARACTERS).toWellFormed()

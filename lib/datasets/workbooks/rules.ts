import type { Cell, Row, Sheet } from 'write-excel-file/node'
import { toCellText } from '@/lib/datasets/cells/rules'

/** Rows of one sheet; beyond it a workbook is neither quick to make nor pleasant to open. */
export const MOST_WORKBOOK_ROWS = 100_000

/** One case under one suggestion; labels by name. */
export type WorkbookRow = {
  externalId: string
  subject: string
  /** Null: no valid label. */
  answer: string | null
  label: string | null
  secondLabel: string | null
  closeCall: boolean
  notes: string
}

type Words = { label: string; right: string; rightCounting: string; figure: string }

export type WorkbookSheet = {
  name: string
  title: string
  /** What the sheet measures, in a sentence. */
  meaning: string
  words: Words
  rows: readonly WorkbookRow[]
}

export const DEV_WORDS: Words = {
  label: 'Label',
  right: 'Correct',
  rightCounting: 'Correct counting close calls',
  figure: 'Accuracy',
}

export const IN_VIEW_WORDS: Words = {
  label: 'Person’s label',
  right: 'Agrees',
  rightCounting: 'Agrees counting close calls',
  figure: 'Agreement',
}

/** Rows above the table: title, meaning, four figures, an empty one, the header. */
const ROWS_ABOVE = 8
const WIDTHS = [18, 48, 24, 24, 24, 11, 48, 11, 15]

/**
 * A sheet whose figures are computed by the spreadsheet itself from the labels in it. "Correct" is 1
 * or 0: EXACT, because "=" ignores case; an empty model's label is no valid label and is never right.
 */
export function layOutSheet(sheet: WorkbookSheet): Sheet<Buffer> {
  const { words, rows } = sheet
  const first = ROWS_ABOVE + 1
  const last = ROWS_ABOVE + rows.length
  const column = (letter: string) => `${letter}${first}:${letter}${last}`
  const figure = (name: string, value: string, format?: string): Row => [
    { value: name, fontWeight: 'bold' },
    rows.length === 0 ? 'no cases yet' : { type: 'Formula', value, format, align: 'left' },
  ]
  return {
    sheet: sheet.name,
    stickyRowsCount: ROWS_ABOVE,
    columns: WIDTHS.map((width) => ({ width })),
    data: [
      [{ value: sheet.title, fontWeight: 'bold', fontSize: 14 }],
      [sheet.meaning],
      figure(words.figure, `AVERAGE(${column('H')})`, '0.0%'),
      figure(`${words.figure} counting close calls`, `AVERAGE(${column('I')})`, '0.0%'),
      figure(
        `${words.figure} over valid answers`,
        `IF(COUNTA(${column('C')})=0,0,SUM(${column('H')})/COUNTA(${column('C')}))`,
        '0.0%',
      ),
      figure('Cases', `COUNT(${column('H')})`),
      [],
      [
        'External id',
        'Subject',
        'Model’s label',
        words.label,
        'Second choice',
        'Close call',
        'Notes',
        words.right,
        words.rightCounting,
      ].map((value) => ({ value, fontWeight: 'bold', wrap: true })),
      ...rows.map((row, i) => layOutRow(row, first + i)),
    ],
  }
}

function layOutRow(row: WorkbookRow, at: number): Row {
  const exact = `AND(C${at}<>"",EXACT(C${at},D${at}))`
  const counting = `AND(C${at}<>"",OR(EXACT(C${at},D${at}),EXACT(C${at},E${at})))`
  return [
    toCell(row.externalId),
    toCell(row.subject),
    toCell(row.answer),
    toCell(row.label),
    toCell(row.secondLabel),
    row.closeCall ? 'yes' : null,
    toCell(row.notes),
    { type: 'Formula', value: `IF(${exact},1,0)` },
    { type: 'Formula', value: `IF(${counting},1,0)` },
  ]
}

/** Always typed as text, so that nothing from a case is ever a formula or a number. */
function toCell(text: string | null): Cell {
  return text ? { type: String, value: toCellText(text) } : null
}

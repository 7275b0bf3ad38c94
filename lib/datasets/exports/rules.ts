import { stringify } from 'csv-stringify/sync'
import type { Message } from '@/lib/cases/schema'
import { neutralise } from '@/lib/datasets/cells/rules'
import type { LabelSource, PersonalData } from '@/lib/datasets/schema'

/** One line of a download of final labels; the names are those in the file. */
export type LabelRow = {
  external_id: string
  revision: number
  subject: string
  /** Messages, oldest first, each with its role. */
  text: string
  label: string
  label_key: string
  second_label: string | null
  /** What the label meant when it was given. */
  definition: string
  /** The category is worded so to this day. */
  definition_current: boolean
  close_call: boolean
  source: LabelSource
  /** How its case came to be reviewed: only random ones are a fair sample. */
  selection: 'random' | 'targeted' | 'quota'
  /** It was said of many cases at once, without reading each. */
  bulk_confirmed: boolean
  pool: 'example' | 'dev' | 'test'
  /** It, or a near-duplicate, is an example of a version: never measure anything with it. */
  is_example: boolean
  /** ISO 8601, UTC. */
  labelled_at: string
  link: string | null
  /** Whether what was recognised of personal data is replaced in subject and text. */
  personal_data: PersonalData
}

const COLUMNS: readonly (keyof LabelRow)[] = [
  'external_id',
  'revision',
  'subject',
  'text',
  'label',
  'label_key',
  'second_label',
  'definition',
  'definition_current',
  'close_call',
  'source',
  'selection',
  'bulk_confirmed',
  'pool',
  'is_example',
  'labelled_at',
  'link',
  'personal_data',
]

export type LabelFormat = 'csv' | 'jsonl'

/** UTF-8 without a byte order mark: Excel would like one, but to most parsers it is part of a name. */
export const LABEL_MEDIA: Record<LabelFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
}

/** How a format writes its first line and each batch of rows. */
export const LABEL_WRITERS: Record<
  LabelFormat,
  { head: string; write: (rows: readonly LabelRow[]) => string }
> = {
  csv: {
    head: stringify([[...COLUMNS]]),
    // Texts are always quoted: a lone carriage return in one would else end the row for some readers.
    write: (rows) => stringify(rows.map(toCells), { quoted_string: true }),
  },
  // Nothing runs formulas out of JSON: texts stay as they are.
  jsonl: {
    head: '',
    write: (rows) => rows.map((row) => `${JSON.stringify(row, [...COLUMNS])}\n`).join(''),
  },
}

function toCells(row: LabelRow): (string | number)[] {
  return COLUMNS.map((column) => {
    const value = row[column]
    if (typeof value === 'number') return value
    if (typeof value === 'boolean') return value ? 'true' : 'false'
    return neutralise(value ?? '')
  })
}

/** "customer: …", "agent: …", with an empty line between. */
export function joinMessages(messages: readonly Message[]): string {
  return messages.map(({ role, text }) => `${role}: ${text}`).join('\n\n')
}

import { z } from 'zod'
import type { messageRole } from '@/lib/cases/schema'

/** Limits of a file, stated to the user where they are met. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3
export const MAX_ROW_BYTES = 16 * 1024 ** 2
export const MAX_COLUMNS = 500

/** Runs an import whose mapping is confirmed. */
export const runImportJob: { readonly name: string; readonly data?: { importId: string } } = {
  name: 'imports.run',
}

/** Gives the waiting cases of a project their clusters and pools. */
export const poolCasesJob: { readonly name: string; readonly data?: { projectId: string } } = {
  name: 'cases.pool',
}

export const importFormat = z.enum(['csv', 'jsonl'])
export type ImportFormat = z.infer<typeof importFormat>

const labelUse = z.enum(['none', 'dev_and_test', 'all'])
export type LabelUse = z.infer<typeof labelUse>

const column = z.string().min(1).max(1_000)

/**
 * Which values of the role column mean what, compared without regard to case. A message with any
 * other value, or none, is the customer's if its author wrote the first message, else the agent's.
 */
const roleWords = z.object({
  customer: z.array(z.string()).max(100),
  agent: z.array(z.string()).max(100),
  system: z.array(z.string()).max(100),
})

const messagesMapping = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('list'),
    column,
    /** Keys inside each message. */
    text: column,
    author: column.nullable(),
    role: column.nullable(),
    time: column.nullable(),
    roles: roleWords,
  }),
  z.object({ kind: z.literal('text'), column }),
])

/** Which column of a file is what. Confirmed by the user before anything is imported. */
export const mapping = z.object({
  /** Null: cases are told apart by their text. */
  externalId: column.nullable(),
  /** Null: the start of the first message. */
  subject: column.nullable(),
  messages: messagesMapping,
  /** Null: the time of the first message. */
  time: column.nullable(),
  link: column.nullable(),
  metadata: z.array(column).max(MAX_COLUMNS),
  label: z
    .object({
      column,
      /** Second choice of a close call, if the file knows one. */
      secondColumn: column.nullable(),
      /**
       * Category id by value as it stands in the file; null: import without a label. A value that is
       * not listed must equal a category's name or key.
       */
      values: z.record(z.string(), z.uuid().nullable()),
    })
    .nullable(),
})

export type Mapping = z.infer<typeof mapping>
export type MessagesMapping = z.infer<typeof messagesMapping>
export type RoleWords = z.infer<typeof roleWords>
export type MessageRole = z.infer<typeof messageRole>

export const importStart = z.object({
  mapping,
  labelUse: labelUse.default('dev_and_test'),
  importGoodRows: z.boolean().default(false),
})
export type ImportStart = z.infer<typeof importStart>

const importStatus = z.enum(['uploading', 'ready', 'running', 'rejected', 'done', 'failed'])

const importView = z.object({
  id: z.string(),
  fileName: z.string(),
  format: importFormat,
  bytes: z.number(),
  status: importStatus,
  mapping: mapping.nullable(),
  labelUse,
  importGoodRows: z.boolean(),
  bytesRead: z.number(),
  rows: z.number(),
  added: z.number(),
  revised: z.number(),
  unchanged: z.number(),
  duplicates: z.number(),
  bad: z.number(),
  pooled: z.number(),
  quarantined: z.number(),
  /** Cases of this import that still wait for their pool. */
  waitingForPool: z.number(),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  pooledAt: z.string().nullable(),
})
export type ImportView = z.infer<typeof importView>

const importProblem = z.object({
  line: z.number(),
  reason: z.string(),
  excerpt: z.string(),
})

/** One import with the first of its bad rows. */
const importDetail = importView.extend({ problems: z.array(importProblem) })
export type ImportDetail = z.infer<typeof importDetail>

const columnProfile = z.object({
  name: z.string(),
  /** What most of its values are. */
  kind: z.enum(['list', 'text', 'number', 'time', 'link', 'empty', 'other']),
  /** Shares of the rows read, 0..1. */
  filled: z.number(),
  distinct: z.number(),
  /** Hardly a value stands twice. */
  unique: z.boolean(),
  averageLength: z.number(),
  samples: z.array(z.string()),
  /** All values, while they are few and short: what could be labels. */
  values: z.array(z.string()),
  /** Keys inside the messages of a list. */
  keys: z.array(z.string()),
  /** Values of each key that could tell roles. */
  keyValues: z.record(z.string(), z.array(z.string())),
})
export type ColumnProfile = z.infer<typeof columnProfile>

const importPreview = z.object({
  columns: z.array(columnProfile),
  /** First rows, cells as text, cut. */
  rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  rowsRead: z.number(),
  guess: mapping.nullable(),
  /** Bad rows among those read. */
  problems: z.array(importProblem),
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreview>

/** Distinct values of one column over the whole file (or its first 64 MB), with their category. */
const labelValues = z.object({
  values: z.array(
    z.object({ value: z.string(), rows: z.number(), categoryId: z.string().nullable() }),
  ),
  /** There are more values, or more file, than was read. */
  more: z.boolean(),
})
export type LabelValues = z.infer<typeof labelValues>

export const importParams = z.object({ import: z.uuid('Not an import.') })
export type Uploaded = { id: string }

import { readChunks } from '@/lib/cases/imports/chunks/data'
import { labelMatcher, readLabelText } from '@/lib/cases/imports/labels/rules'
import {
  inspectStart,
  isBad,
  type Row,
  rowReader,
  UnreadableFile,
} from '@/lib/cases/imports/rows/rules'
import { type ImportPreview, importFormat, type LabelValues } from '@/lib/cases/imports/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { describeRows } from './rules'

const PREVIEW_ROWS = 1_000
const PREVIEW_BYTES = 32 * 1024 ** 2
const LABEL_BYTES = 64 * 1024 ** 2
const MAX_LABELS = 500

/** The first rows of an uploaded file with a guessed mapping. */
export async function getPreview(member: Member, importId: string): Promise<ImportPreview> {
  const rows: Row[] = []
  let hasBom = false
  for await (const { batch, bom } of readRows(member, importId, PREVIEW_BYTES)) {
    hasBom = bom
    rows.push(...batch)
    if (rows.length >= PREVIEW_ROWS) break
  }
  return describeRows(rows.slice(0, PREVIEW_ROWS), await listCategories(member.projectId), hasBom)
}

/** The labels that stand in a column, the commonest first, each with the category it names. */
export async function listLabelValues(
  member: Member,
  importId: string,
  column: string,
): Promise<LabelValues> {
  const counts = new Map<string, number>()
  let more = false
  let read = 0
  for await (const { batch, bytes } of readRows(member, importId, LABEL_BYTES)) {
    read += bytes
    for (const row of batch) {
      const value = isBad(row) ? null : readLabelText(row.values[column])
      if (value === null) continue
      if (counts.has(value) || counts.size < MAX_LABELS)
        counts.set(value, (counts.get(value) ?? 0) + 1)
      else more = true
    }
  }
  const match = labelMatcher(await listCategories(member.projectId))
  const values = [...counts].map(([value, rows]) => ({ value, rows, categoryId: match(value) }))
  return { values: values.sort((a, b) => b.rows - a.rows), more: more || read >= LABEL_BYTES }
}

/**
 * Rows of a stored file up to about so many bytes, with the number of bytes read for each batch; a
 * batch is empty while a long row goes on. Throws `conflict` when the file is gone.
 */
async function* readRows({ projectId }: Member, importId: string, maxBytes: number) {
  const row = await db.import.findFirst({
    where: { id: importId, projectId },
    select: { fileName: true, format: true, status: true },
  })
  if (!row) throw notFound('The import')
  if (row.status !== 'ready' && row.status !== 'rejected' && row.status !== 'running') {
    throw conflict('The file of this import is not kept any more.')
  }
  let reader: ReturnType<typeof rowReader> | null = null
  let bom = false
  let read = 0
  try {
    for await (const chunk of readChunks(importId)) {
      if (!reader) {
        bom = inspectStart(chunk, row.fileName).bom
        reader = rowReader(importFormat.parse(row.format), chunk)
      }
      yield { batch: reader.push(chunk), bytes: chunk.length, bom }
      read += chunk.length
      if (read >= maxBytes) return
    }
    if (reader) yield { batch: reader.end(), bytes: 0, bom }
  } catch (error) {
    throw error instanceof UnreadableFile ? invalid(error.message) : error
  }
}

const listCategories = (projectId: string) =>
  db.category.findMany({
    where: { projectId, archivedAt: null },
    select: { id: true, key: true, name: true },
  })

import type pg from 'pg'
import type { Import } from '@/generated/prisma/client'
import { readChunks } from '@/lib/cases/imports/chunks/data'
import { listMetadata } from '@/lib/cases/imports/mapping/rules'
import { createNormaliser, type Normaliser } from '@/lib/cases/imports/normalising/rules'
import { BadValue } from '@/lib/cases/imports/normalising/text/rules'
import { openProblems } from '@/lib/cases/imports/problems/mutations'
import { excerptOf, isBad, type Row, rowReader } from '@/lib/cases/imports/rows/rules'
import { importFormat, mapping as mappingSchema } from '@/lib/cases/imports/schema'
import { PROJECT_LOCK } from '@/lib/cases/pools/rules'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { copyToStage, createStage, judgeStage, mergeStage } from './mutations'
import { type StagedRow, stagedLine } from './rules'

const PROGRESS_MS = 500

type Problems = Awaited<ReturnType<typeof openProblems>>

/**
 * Reads the stored file of an import, judges its rows and merges them, in the caller's transaction.
 * True when that is to be committed; false when the import was rejected, which is written already.
 */
export async function importInto(
  client: pg.PoolClient,
  row: Import,
  signal?: AbortSignal,
): Promise<boolean> {
  const problems = await openProblems(row.id)
  const rows = await stageFile(client, row, problems, signal)
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    PROJECT_LOCK + row.projectId,
  ])
  for (const problem of await judgeStage(client, row.projectId)) await problems.add(problem)
  await problems.flush()
  const bad = problems.count()
  if (rows === 0 || bad === rows || (bad > 0 && !row.importGoodRows)) {
    await db.import.update({
      where: { id: row.id },
      data: {
        ...NOTHING,
        status: 'rejected',
        rows,
        bad,
        bytesRead: row.bytes,
        finishedAt: new Date(),
      },
    })
    return false
  }
  const { importId, projectId, labelUse } = { ...row, importId: row.id }
  const merged = await mergeStage(client, { importId, projectId, labelUse })
  await client.query(
    `UPDATE "Import" SET status = 'done', rows = $2, bad = $3, added = $4, revised = $5,
      unchanged = $6, duplicates = $7, "bytesRead" = bytes, "finishedAt" = now() WHERE id = $1`,
    [row.id, rows, bad, merged.added, merged.revised, merged.unchanged, merged.duplicates],
  )
  await client.query('DELETE FROM "ImportChunk" WHERE "importId" = $1', [row.id])
  return true
}

const NOTHING = { added: 0, revised: 0, unchanged: 0, duplicates: 0 }

/** Reads the file into the staging table. Returns the number of rows, bad ones included. */
async function stageFile(
  client: pg.PoolClient,
  row: Import,
  problems: Problems,
  signal?: AbortSignal,
): Promise<number> {
  const categories = await db.category.findMany({
    where: { projectId: row.projectId, archivedAt: null },
    select: { id: true, key: true, name: true },
  })
  const mapping = mappingSchema.parse(row.mapping)
  const kept = { ...mapping, metadata: listMetadata(mapping) }
  // Labels that are not wanted can't make a row bad.
  const wanted = row.labelUse === 'none' ? { ...kept, label: null } : kept
  const normalise = createNormaliser(wanted, categories)
  await createStage(client)
  const copy = copyToStage(client)
  const report = progressReporter(row.id)
  let rows = 0
  let bytesRead = 0
  const stage = async (batch: Row[]) => {
    let lines = ''
    for (const one of batch) {
      const staged = stageRow(one, rows++, normalise)
      if ('reason' in staged) await problems.add(staged)
      else lines += stagedLine(staged)
    }
    if (lines) await copy.write(lines)
  }
  let reader: ReturnType<typeof rowReader> | null = null
  for await (const chunk of readChunks(row.id)) {
    signal?.throwIfAborted()
    reader ??= rowReader(importFormat.parse(row.format), chunk)
    await stage(reader.push(chunk))
    bytesRead += chunk.length
    await report(bytesRead, rows, problems.count())
  }
  if (reader) await stage(reader.end())
  await copy.end()
  return rows
}

function stageRow(row: Row, index: number, normalise: Normaliser) {
  if (isBad(row)) return row
  try {
    const staged: StagedRow = Object.assign(normalise(row.values), {
      row: index,
      line: row.line,
      id: newId(),
      rank: Math.random(),
    })
    return staged
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    return { line: row.line, reason: error.message, excerpt: excerptOf(row.bytes) }
  }
}

/** Shows how far it is, now and then, on another connection than the import's transaction. */
function progressReporter(importId: string) {
  let last = 0
  return async (bytesRead: number, rows: number, bad: number) => {
    if (Date.now() - last < PROGRESS_MS) return
    last = Date.now()
    await db.import.update({ where: { id: importId }, data: { bytesRead, rows, bad } })
  }
}

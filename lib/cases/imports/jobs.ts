import type pg from 'pg'
import { poolCases } from '@/lib/cases/pools/jobs'
import { PROJECT_LOCK } from '@/lib/cases/pools/rules'
import { db, pool } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { openAssignmentsJob } from '@/lib/reviews/schema'
import { readChunks } from './chunks/data'
import { failImport, storeFile } from './chunks/mutations'
import { listMetadata } from './mapping/rules'
import { createNormaliser, type Normaliser } from './normalising/rules'
import { BadValue } from './normalising/text/rules'
import { openProblems } from './problems/mutations'
import { excerptOf, isBad, type Row, rowReader, UnreadableFile } from './rows/rules'
import {
  importFormat,
  type LabelUse,
  type Mapping,
  mapping as mappingSchema,
  poolCasesJob,
  runImportJob,
} from './schema'
import { copyToStage, createStage, judgeStage, mergeStage } from './staging/mutations'
import { type StagedRow, stagedLine } from './staging/rules'

const PROGRESS_MS = 500

type Problems = Awaited<ReturnType<typeof openProblems>>
type Running = NonNullable<Awaited<ReturnType<typeof db.import.findFirst>>>

export const runImports: Job<{ importId: string }> = {
  ...runImportJob,
  run: async ({ importId }, signal) => {
    const projectId = await runImport(importId, signal)
    if (projectId) await enqueue(poolCasesJob, projectId, { projectId })
  },
}

export const poolWaitingCases: Job<{ projectId: string }> = {
  ...poolCasesJob,
  run: async ({ projectId }, signal) => {
    await poolCases(projectId, signal)
    await enqueue(openAssignmentsJob, projectId, { projectId })
  },
}

/**
 * Imports one file: rows into a staging table, judged and merged in one transaction. Killed at any
 * moment, it starts again from the stored file and comes to the same result, once. Returns the
 * project's id when cases were written; null when there was nothing to do or nothing was imported.
 */
export async function runImport(importId: string, signal?: AbortSignal): Promise<string | null> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // Two workers on one import: the second waits, then finds it done.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('import:' || $1, 0))`, [
      importId,
    ])
    const row = await db.import.findFirst({ where: { id: importId, status: 'running' } })
    const imported = row ? await importInto(client, row, signal) : false
    await client.query(imported ? 'COMMIT' : 'ROLLBACK')
    client.release()
    return imported && row ? row.projectId : null
  } catch (error) {
    // A connection in the midst of COPY is not worth saving: closing it rolls everything back.
    client.release(true)
    if (!isFinal(error)) throw error
    // Only the message: details of a database error can hold text of cases.
    log.error({ reason: Object(error).message, importId }, 'import failed')
    await failImport(importId, sayFailure(error))
    return null
  }
}

/** True when the transaction is to be committed. */
async function importInto(client: pg.PoolClient, row: Running, signal?: AbortSignal) {
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
  row: Running,
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

/** SQLSTATE classes that another try may mend: connection, resources, shutdown, lost races. */
const MAY_PASS = /^(08|53|57|40|58)/

/** Trying again would end the same way. */
function isFinal(error: unknown): boolean {
  if (error instanceof UnreadableFile) return true
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return (
    typeof code === 'string' &&
    /^[0-9A-Z]{5}$/.test(code) &&
    !/^[EP]/.test(code) &&
    !MAY_PASS.test(code)
  )
}

const sayFailure = (error: unknown) =>
  error instanceof UnreadableFile
    ? error.message
    : 'Something in this file can’t be stored. Nothing was imported.'

type GivenRows = {
  projectId: string
  fileName: string
  /** As they would stand in a JSONL file. */
  rows: Iterable<object> | AsyncIterable<object>
  mapping: Mapping
  labelUse: LabelUse
}

/**
 * Imports rows that the product brings itself (the starter cases), through the same file, job and
 * pools as an upload, and waits for the end. Throws when any row is bad.
 */
export async function importRows({ projectId, fileName, rows, mapping, labelUse }: GivenRows) {
  const id = await storeFile({
    projectId,
    createdById: null,
    fileName,
    body: toJsonLines(rows),
    bytes: null,
  })
  await db.import.update({
    where: { id },
    data: { mapping, labelUse, status: 'running', startedAt: new Date() },
  })
  const imported = await runImport(id)
  if (!imported) {
    const problem = await db.importProblem.findFirst({ where: { importId: id } })
    throw new Error(`${fileName}: line ${problem?.line}: ${problem?.reason}`)
  }
  await poolCases(projectId)
}

async function* toJsonLines(rows: GivenRows['rows']): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const row of rows) yield encoder.encode(`${JSON.stringify(row)}\n`)
}

/** An upload that has not ended after this long never will. */
const UPLOAD_HOURS = 12

/** For a worker's start and now and then: takes up what a crash left lying. */
export async function resumeImports(): Promise<void> {
  const abandoned = new Date(Date.now() - UPLOAD_HOURS * 3_600_000)
  const uploads = await db.import.findMany({
    where: { status: 'uploading', createdAt: { lt: abandoned } },
    select: { id: true },
  })
  for (const { id } of uploads) await failImport(id, 'The upload broke off. Nothing was kept.')
  const running = await db.import.findMany({ where: { status: 'running' }, select: { id: true } })
  for (const { id } of running) await enqueue(runImportJob, id, { importId: id })
  const waiting = await db.import.findMany({
    where: { status: 'done', pooledAt: null },
    distinct: ['projectId'],
    select: { projectId: true },
  })
  for (const { projectId } of waiting) await enqueue(poolCasesJob, projectId, { projectId })
}

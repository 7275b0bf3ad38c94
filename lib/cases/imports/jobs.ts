import { poolCases } from '@/lib/cases/pools/jobs'
import { db, pool } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { openAssignmentsJob } from '@/lib/reviews/schema'
import { failImport, storeFile } from './chunks/mutations'
import { UnreadableFile } from './rows/rules'
import { type LabelUse, type Mapping, poolCasesJob, runImportJob } from './schema'
import { importInto } from './staging/jobs'

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
  // Cases that were kept one by one belong to no import.
  const kept = await db.case.findMany({
    where: { importId: null, pool: null, quarantinedAt: null, archivedAt: null },
    distinct: ['projectId'],
    select: { projectId: true },
  })
  for (const { projectId } of [...waiting, ...kept])
    await enqueue(poolCasesJob, projectId, { projectId })
}

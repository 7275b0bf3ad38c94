import type pg from 'pg'
import type { CaseContent } from '@/lib/cases/schema'
import { db, pool } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { EXAMPLES_LOCK } from '@/lib/versions/leaks/rules'
import { type BatchPlan, planBatch, type Settled } from './batches/rules'
import { type ExampleTexts, trackExampleTexts } from './examples/data'
import { writeBatch } from './mutations'
import { listNeighbours } from './neighbours/data'
import { type PoolShares, PROJECT_LOCK, TRIED } from './rules'
import { bandsOf, shinglesOf } from './similarity/rules'

const BATCH = 250
/** Ids read ahead: few enough for memory, many enough that sorting them does not count. */
const AHEAD = 20_000

/**
 * Gives every waiting case of a project its cluster and pool (or quarantine), in the order of their
 * ids, batch by batch. It may be stopped and started again at any moment, and run twice at once:
 * a batch is one transaction under the project's lock and looks again which cases still wait.
 */
export async function poolCases(projectId: string, signal?: AbortSignal): Promise<void> {
  const shares = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { exampleShare: true, devShare: true },
  })
  const examples = trackExampleTexts(projectId)
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM "Case" WHERE "projectId" = $1 AND ${WAITING} ORDER BY id LIMIT ${AHEAD}`,
      [projectId],
    )
    if (rows.length === 0) break
    for (let at = 0; at < rows.length; at += BATCH) {
      signal?.throwIfAborted()
      const ids = rows.slice(at, at + BATCH).map(({ id }) => id)
      await poolBatch({ projectId, ids, shares, examples })
    }
  }
  await pool.query(
    `UPDATE "Import" i SET "pooledAt" = now()
    WHERE i."projectId" = $1 AND i.status = 'done' AND i."pooledAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Case" c WHERE c."projectId" = $1 AND c."importId" = i.id AND ${WAITING}
    )`,
    [projectId],
  )
}

/**
 * Gives one case its pool now, by the same rules; nothing happens where it has one. An import that writes
 * at this moment is waited for, though not long: then the database's error says so.
 */
export async function poolCase(projectId: string, caseId: string): Promise<void> {
  const shares = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { exampleShare: true, devShare: true },
  })
  const examples = tracked.get(projectId) ?? trackExampleTexts(projectId)
  tracked.delete(projectId)
  tracked.set(projectId, examples)
  const [oldest] = tracked.keys()
  if (tracked.size > MOST_TRACKED && oldest !== undefined) tracked.delete(oldest)
  await poolBatch({ projectId, ids: [caseId], shares, examples, patienceMs: ONE_PATIENCE_MS })
}

/** Cases that come one by one are compared with the same examples: the projects asked last keep theirs. */
const tracked = new Map<string, ExampleTexts>()
const MOST_TRACKED = 4
const ONE_PATIENCE_MS = 8_000

/** The partial index of the waiting cases has the same words. */
const WAITING = `pool IS NULL AND "quarantinedAt" IS NULL AND "archivedAt" IS NULL`

type Batch = {
  projectId: string
  ids: string[]
  shares: PoolShares
  examples: ExampleTexts
  /** How long the locks are waited for; without it, as long as it takes. */
  patienceMs?: number
}

async function poolBatch(batch: Batch): Promise<void> {
  const { projectId, patienceMs } = batch
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    if (patienceMs) await client.query(`SET LOCAL lock_timeout = ${patienceMs}`)
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      PROJECT_LOCK + projectId,
    ])
    // No example comes or changes between the look at them and the end of the batch.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      EXAMPLES_LOCK + projectId,
    ])
    await writeBatch(client, projectId, await planNewcomers(client, batch))
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

type WaitingRow = CaseContent & { id: string; textHash: Buffer; isTried: boolean }

async function planNewcomers(
  client: pg.PoolClient,
  { projectId, ids, shares, examples }: Batch,
): Promise<BatchPlan> {
  const { rows } = await client.query<WaitingRow>(
    `SELECT id, subject, messages, "textHash",
      "importId" IS NULL AND metadata @> $2::jsonb AS "isTried"
    FROM "Case" WHERE id = ANY($1) AND ${WAITING} ORDER BY id`,
    [ids, JSON.stringify(TRIED)],
  )
  const newcomers = rows.map(({ id, textHash, isTried, ...content }) => {
    const shingles = shinglesOf(content)
    return { id, textHash, isTried, shingles, bands: bandsOf(shingles) }
  })
  const bands = newcomers.map((newcomer) => newcomer.bands)
  const neighbours: Settled[][] = await listNeighbours(client, projectId, bands)
  const nearExamples = await examples.listNear(client, bands)
  const near = neighbours.map((settled, index) => [...settled, ...(nearExamples[index] ?? [])])
  return planBatch(newcomers, near, shares, newId)
}

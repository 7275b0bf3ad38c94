import type { BadRow } from '@/lib/cases/imports/rows/rules'
import { pool } from '@/lib/platform/database'

const BATCH = 500

/** Takes bad rows as they come and writes them in batches, outside the transaction of the import. */
export async function openProblems(importId: string) {
  // A worker that was killed may have left some.
  await pool.query('DELETE FROM "ImportProblem" WHERE "importId" = $1', [importId])
  let held: BadRow[] = []
  let count = 0
  const flush = async () => {
    const batch = held
    held = []
    if (batch.length === 0) return
    await pool.query(
      `INSERT INTO "ImportProblem" ("importId", position, line, reason, excerpt)
      SELECT $1, p.position, p.line, p.reason, p.excerpt
      FROM unnest($2::int[], $3::int[], $4::text[], $5::text[]) AS p(position, line, reason, excerpt)`,
      [
        importId,
        batch.map((_, index) => count - batch.length + index),
        batch.map(({ line }) => line),
        batch.map(({ reason }) => reason.replaceAll('\u0000', '')),
        batch.map(({ excerpt }) => excerpt),
      ],
    )
  }
  return {
    async add(row: BadRow) {
      held.push(row)
      count++
      if (held.length >= BATCH) await flush()
    },
    flush,
    count: () => count,
  }
}

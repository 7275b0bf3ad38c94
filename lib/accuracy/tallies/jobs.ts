import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'

/** Deltas taken at once: keeps each transaction short while millions wait. */
const BATCH = 50_000

/** Adds what has changed to the folded counts, so that reading them stays cheap. */
export const foldTalliesJob: Job<object> = {
  name: 'accuracy.fold-tallies',
  run: async () => {
    await foldTallies()
  },
}

/** Called by the worker from time to time. */
export const askToFoldTallies = (): Promise<void> => enqueue(foldTalliesJob, 'all', {})

/**
 * Folds all deltas that are committed now. Of two that fold at once, one does the work. Returns how
 * many deltas were folded.
 */
export async function foldTallies(batch: number = BATCH): Promise<number> {
  let folded = 0
  for (;;) {
    const taken = await foldBatch(batch)
    folded += taken
    if (taken < batch) return folded
  }
}

type Folded = { id: string; n: number; taken: number }

/**
 * One statement moves deltas into the counts. A count may pass through a negative number when a
 * later delta became visible before an earlier one; the sum with the deltas left is right all along.
 */
async function foldBatch(batch: number): Promise<number> {
  return db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtext('accuracy.fold-tallies')) AS free`
    if (!lock?.free) return 0
    const rows = await tx.$queryRaw<Folded[]>`
      WITH taken AS (
        DELETE FROM "TallyDelta"
        WHERE id IN (SELECT id FROM "TallyDelta" ORDER BY id LIMIT ${batch})
        RETURNING *
      ), folded AS (
        INSERT INTO "Tally" ("runId", pool, selection, mode, "predictedId", "finalId", "secondId",
          source, counts, n)
        SELECT "runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts,
          sum(n)
        FROM taken
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
        ON CONFLICT ("runId", pool, selection, mode, "predictedId", "finalId", "secondId", source,
          counts) DO UPDATE SET n = "Tally".n + excluded.n
        RETURNING id, n
      )
      SELECT folded.id, folded.n, (SELECT count(*)::int FROM taken) AS taken
      FROM folded`
    const empty = rows.filter(({ n }) => n === 0).map(({ id }) => id)
    await tx.tally.deleteMany({ where: { id: { in: empty } } })
    return rows[0]?.taken ?? 0
  })
}

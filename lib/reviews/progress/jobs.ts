import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'

/** Deltas taken at once: keeps each transaction short. */
const BATCH = 10_000

/** Adds what has changed to the folded counts, so that reading progress stays cheap. */
export const foldReviewCountsJob: Job<object> = {
  name: 'reviews.fold-counts',
  run: async () => {
    await foldReviewCounts()
  },
}

/** Called by the worker from time to time. */
export const askToFoldReviewCounts = (): Promise<void> => enqueue(foldReviewCountsJob, 'all', {})

/** Folds all deltas that are committed now. Of two that fold at once, one does the work. */
export async function foldReviewCounts(batch: number = BATCH): Promise<void> {
  while ((await foldBatch(batch)) === batch);
}

/** One statement moves deltas into the counts, so that their sum is right all along. */
async function foldBatch(batch: number): Promise<number> {
  return db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtext('reviews.fold-counts')) AS free`
    if (!lock?.free) return 0
    const [row] = await tx.$queryRaw<{ taken: number }[]>`
      WITH taken AS (
        DELETE FROM "ReviewCountDelta"
        WHERE id IN (SELECT id FROM "ReviewCountDelta" ORDER BY id LIMIT ${batch})
        RETURNING "projectId", state, n
      ), folded AS (
        INSERT INTO "ReviewCount" ("projectId", state, n)
        SELECT "projectId", state, sum(n) FROM taken GROUP BY 1, 2
        ON CONFLICT ("projectId", state) DO UPDATE SET n = "ReviewCount".n + excluded.n
      )
      SELECT count(*)::int AS taken FROM taken`
    return row?.taken ?? 0
  })
}

import { type Database, db } from '@/lib/platform/database'

/** Cases that both runs labelled, and how many of them got another label; no valid label is one too. */
export type Flips = { n: number; flipped: number }

/** How much two runs of the same set-up differ. */
export async function countFlips(
  firstRunId: string,
  secondRunId: string,
  database: Database = db,
): Promise<Flips> {
  const [counted] = await database.$queryRaw<Flips[]>`
    SELECT count(*)::int AS n,
      (count(*) FILTER (WHERE label_now(a."labelId") IS DISTINCT FROM label_now(b."labelId")))::int AS flipped
    FROM "Suggestion" a
    JOIN "Suggestion" b ON b."caseId" = a."caseId" AND b."runId" = ${secondRunId}::uuid
    WHERE a."runId" = ${firstRunId}::uuid`
  return counted ?? { n: 0, flipped: 0 }
}

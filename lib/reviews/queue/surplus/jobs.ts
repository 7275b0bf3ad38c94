import { Prisma } from '@/generated/prisma/client'
import { db, type Tx } from '@/lib/platform/database'
import { getCaseState } from '../../labels/data'
import { recomputeFinalLabel } from '../../labels/mutations'
import { hasNeedlessReview } from '../../labels/rules'

/** Cases looked after in one transaction, which keeps their answers waiting. */
const CHUNK = 100

/** Reviews `a` beyond what the project `p` wants that nobody has in hand, was given, or took back. */
const SURPLUS = Prisma.sql`
  a.status = 'open' AND a.purpose = 'ordinary' AND a.slot > p."reviewsWanted"
    AND a."forUserId" IS NULL AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())
    AND NOT EXISTS (SELECT 1 FROM "Review" own WHERE own."assignmentId" = a.id)`

/**
 * After a project has come to want fewer reviews of a case: takes those out of the queue that no case
 * needs, and gives labels to the cases that have all answers now. Running it again changes nothing.
 */
export async function withdrawSurplus(projectId: string): Promise<void> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000'
  while (after) after = await withdrawChunk(projectId, after)
}

/** Goes on after a case; returns the last one it has looked after, or undefined at the end. */
async function withdrawChunk(projectId: string, after: string): Promise<string | undefined> {
  return db.$transaction(async (tx) => {
    const cases = await lockCases(tx, projectId, after)
    const fresh = cases.filter(({ answered }) => !answered).map(({ id }) => id)
    await tx.$executeRaw`
      UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
      FROM "Project" p
      WHERE p.id = ${projectId}::uuid AND a."caseId" = ANY(${fresh}::uuid[]) AND ${SURPLUS}`
    for (const { id, answered } of cases) if (answered) await withdrawFrom(tx, projectId, id)
    return cases.at(-1)?.id
  })
}

/** In the order of their ids, as everyone does who takes several. */
async function lockCases(tx: Tx, projectId: string, after: string) {
  return tx.$queryRaw<{ id: string; answered: boolean }[]>`
    SELECT c.id, EXISTS (SELECT 1 FROM "Review" v WHERE v."caseId" = c.id) AS answered
    FROM "Case" c
    WHERE c.id IN (
      SELECT DISTINCT a."caseId" FROM "Assignment" a JOIN "Project" p ON p.id = a."projectId"
      WHERE p.id = ${projectId}::uuid AND a."caseId" > ${after}::uuid AND ${SURPLUS}
      ORDER BY a."caseId" LIMIT ${CHUNK}
    )
    ORDER BY c.id FOR NO KEY UPDATE`
}

/** A close call or an unsure answer may need more than the project wants: those stay. */
async function withdrawFrom(tx: Tx, projectId: string, caseId: string): Promise<void> {
  for (let more = 1; more > 0 && hasNeedlessReview(await getCaseState(tx, caseId)); ) {
    more = await tx.$executeRaw`
      UPDATE "Assignment" SET status = 'withdrawn', "leaseUntil" = NULL
      WHERE id = (
        SELECT a.id FROM "Assignment" a JOIN "Project" p ON p.id = a."projectId"
        WHERE a."caseId" = ${caseId}::uuid AND ${SURPLUS}
        ORDER BY a.slot DESC LIMIT 1 FOR UPDATE OF a SKIP LOCKED
      )`
  }
  await recomputeFinalLabel(tx, { projectId, caseId })
}

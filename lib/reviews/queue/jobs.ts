import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { openAssignmentsJob } from '../schema'
import { handOn, SQL_NEW_ID } from './mutations'

/** After this long an answer that was taken back and not given again is asked of someone else. */
const HAND_ON_AFTER = '1 day'

/** Opens what is missing, withdraws what has no case any more. Running it again changes nothing. */
export const openAssignments: Job<{ projectId: string }> = {
  ...openAssignmentsJob,
  run: ({ projectId }) => openMissingAssignments(projectId),
}

/** For a worker's start and now and then: what was pooled while nobody listened, or left for a day. */
export async function sweepAssignments(): Promise<void> {
  for (const { id } of await db.project.findMany({ select: { id: true } })) {
    await enqueue(openAssignmentsJob, id, { projectId: id })
  }
}

/**
 * Every pooled, current case without a final label gets the number of assignments its project wants:
 * the example pool with the suggestion in view, dev and test blind, all in order of the random rank.
 */
export async function openMissingAssignments(projectId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
      FROM "Case" c
      WHERE c.id = a."caseId" AND a."projectId" = ${projectId}::uuid AND a.status = 'open'
        AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())
        AND (c."archivedAt" IS NOT NULL OR c."quarantinedAt" IS NOT NULL)`
    await handOn(
      tx,
      Prisma.sql`a."projectId" = ${projectId}::uuid
        AND a."leaseUntil" <= now() - ${HAND_ON_AFTER}::interval`,
    )
    await tx.$executeRaw`
      INSERT INTO "Assignment" (id, "projectId", "caseId", slot, mode, frame, rank, place)
      SELECT ${SQL_NEW_ID}, c."projectId", c.id, wanted.slot,
        (CASE c.pool WHEN 'example' THEN 'shown' ELSE 'blind' END)::"Mode", c.pool::text, c.rank, c.rank
      FROM "Project" p
      JOIN "Case" c ON c."projectId" = p.id
      CROSS JOIN generate_series(1, p."reviewsWanted") AS wanted(slot)
      WHERE p.id = ${projectId}::uuid AND c.pool IS NOT NULL
        AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = c.id)
        AND NOT EXISTS (
          SELECT 1 FROM "Assignment" a
          WHERE a."caseId" = c.id AND a.slot = wanted.slot AND a.status <> 'withdrawn'
        )
      ON CONFLICT DO NOTHING`
  }, OPENING)
}

/** A million cases take longer than the five seconds a transaction has by default. */
const OPENING = { timeout: 15 * 60_000 }

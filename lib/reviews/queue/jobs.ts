import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { openAssignmentsJob, showSuggestionsJob } from '../schema'
import { disputeUnasked } from '../skips/jobs'
import { newestShown } from './data'
import { idLikeCase } from './holds/mutations'
import { handOn } from './mutations'
import { withdrawSurplus } from './surplus/jobs'

/** After this long an answer that was taken back and not given again is asked of someone else. */
const HAND_ON_AFTER = '1 day'

/** Opens what is missing, withdraws what has no case any more, is not wanted or finds nobody to ask. Running it again changes nothing. */
export const openAssignments: Job<{ projectId: string }> = {
  ...openAssignmentsJob,
  run: async ({ projectId }) => {
    await withdrawSurplus(projectId)
    await openMissingAssignments(projectId)
    await disputeUnasked(projectId)
  },
}

/** For a worker's start and now and then: what was pooled while nobody listened, or left for a day. */
export async function sweepAssignments(): Promise<void> {
  for (const { id } of await db.project.findMany({ select: { id: true } })) {
    await enqueue(openAssignmentsJob, id, { projectId: id })
    await enqueue(showSuggestionsJob, id, { projectId: id })
  }
}

/** After a release: what nobody has claimed shows what the set-up in force says. */
export const showSuggestions: Job<{ projectId: string }> = {
  ...showSuggestionsJob,
  run: ({ projectId }, signal) => moveSuggestions(projectId, { signal }),
}

/** Assignments moved at once: keeps others from waiting for their locks. */
const CHUNK = 1_000

/**
 * Moves the suggestion of every unclaimed shown assignment to the set-up in force, in the order of
 * their ids. Steps over what is being claimed at that moment: the claim looks for itself.
 */
export async function moveSuggestions(
  projectId: string,
  { signal, chunk = CHUNK }: { signal?: AbortSignal; chunk?: number } = {},
): Promise<void> {
  let after: string | null = '00000000-0000-0000-0000-000000000000'
  while (after !== null && !signal?.aborted) after = await moveChunk(projectId, after, chunk)
}

/** Returns the last id it has looked at, or null at the end. */
async function moveChunk(projectId: string, after: string, chunk: number): Promise<string | null> {
  const [row] = await db.$queryRaw<{ last: string | null }[]>`
    WITH chunk AS (
      SELECT a.id, a."caseId", a."suggestionId" FROM "Assignment" a
      WHERE a."projectId" = ${projectId}::uuid AND a.status = 'open' AND a.mode = 'shown'
        AND a."leaseUntil" IS NULL AND a.id > ${after}::uuid
      ORDER BY a.id
      LIMIT ${chunk}
      FOR NO KEY UPDATE OF a SKIP LOCKED
    ), moved AS (
      UPDATE "Assignment" a SET "suggestionId" = s.id
      FROM chunk c
      LEFT JOIN LATERAL (${newestShown(projectId, Prisma.sql`c."caseId"`)}) s ON true
      WHERE a.id = c.id AND c."suggestionId" IS DISTINCT FROM s.id
    )
    SELECT (SELECT id FROM chunk ORDER BY id DESC LIMIT 1) AS last`
  return row?.last ?? null
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
      projectId,
      Prisma.sql`a."projectId" = ${projectId}::uuid
        AND a."leaseUntil" <= now() - ${HAND_ON_AFTER}::interval
        AND a.purpose IN ('ordinary', 'second_opinion')`,
    )
    const opened = await tx.$executeRaw`
      INSERT INTO "Assignment"
        (id, "projectId", "caseId", slot, mode, frame, rank, place, "suggestionId")
      SELECT ${idLikeCase(Prisma.sql`c.id`)}, c."projectId", c.id, wanted.slot,
        (CASE c.pool WHEN 'example' THEN 'shown' ELSE 'blind' END)::"Mode", c.pool::text, c.rank,
        c.rank, s.id
      FROM "Project" p
      JOIN "Case" c ON c."projectId" = p.id
      LEFT JOIN LATERAL (${newestShown(projectId, Prisma.sql`c.id`)}) s ON c.pool = 'example'
      CROSS JOIN generate_series(1, p."reviewsWanted") AS wanted(slot)
      WHERE p.id = ${projectId}::uuid AND c.pool IS NOT NULL
        AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = c.id)
        AND NOT EXISTS (SELECT 1 FROM "Dispute" d WHERE d."caseId" = c.id)
        AND NOT EXISTS (
          SELECT 1 FROM "Assignment" a
          WHERE a."caseId" = c.id AND a.slot = wanted.slot AND a.status <> 'withdrawn'
            AND a.purpose IN ('ordinary', 'second_opinion')
        )
      ON CONFLICT DO NOTHING`
    // What was opened may stand before where people have come to.
    if (opened > 0) await tx.queueCursor.deleteMany({ where: { projectId } })
  }, OPENING)
}

/** A million cases take longer than the five seconds a transaction has by default. */
const OPENING = { timeout: 15 * 60_000 }

import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { trainingOf } from '../checks/data'
import { placesInTraining } from '../checks/rules'
import { findCurrentHandout } from '../handouts/data'
import { gatherBatch, gatherTraining } from './batches/data'
import { listClaims, newestShown } from './data'
import { holdStatement, idLikeCase, LEASE_END, openPersonal } from './holds/mutations'
import { BATCH_SIZE } from './rules'
import type { Claims, Renewed } from './schema'
import { lockStanding, type Standing } from './standing/data'

/**
 * Leases the next `n` cases to this person: first those they hold already, so that a reload gives the
 * same ones again, then what is set aside for them, what came back, and the rest as `random` (numbers
 * in [0, 1)) draws it by the project's shares. Two people never get the same assignment, nor one person
 * two assignments of one case. Says nothing of why a case came.
 */
export async function claimNextCases(
  member: Member,
  { n = BATCH_SIZE }: { n?: number } = {},
  random: () => number = Math.random,
): Promise<Claims> {
  return db.$transaction(async (tx) => {
    const standing = await lockStanding(tx, member)
    const training = await findTraining(tx, member, standing)
    const batch = training
      ? await gatherTraining(tx, member, placesInTraining(training, n))
      : await gatherBatch(tx, member, standing, { n, random })
    const { own, taken, personal, moved } = batch
    if (own.length + taken.length + moved.length > 0) {
      await tx.$executeRaw(holdStatement(member, { own, taken, moved }))
    }
    const made = await openPersonal(tx, member, own, personal)
    const ids = [...own, ...taken.map(({ id }) => id), ...made]
    const claims = ids.length === 0 ? [] : await listClaims(ids, tx)
    return {
      claims,
      training: training && { ...training, wait: claims.length === 0 },
      handout: standing.handouts.length === 0 ? null : await findCurrentHandout(member, tx),
    }
  })
}

/** Null for whoever is past it, so that most claims ask nothing more. */
async function findTraining(tx: Tx, member: Member, { settings, trained }: Standing) {
  if (trained || settings.trainingCases === 0) return null
  const { needed, ...training } = await trainingOf(member, tx)
  return needed ? training : null
}

/** A sign of life: the leases run on. Also takes back one that ran out but that nobody else has taken. */
export async function renewClaims(
  member: Member,
  { assignmentIds }: { assignmentIds: readonly string[] },
): Promise<Renewed> {
  const held = await db.$queryRaw<{ id: string; leaseUntil: Date }[]>`
    UPDATE "Assignment" SET "leaseUntil" = ${LEASE_END}
    WHERE id = ANY(${assignmentIds}::uuid[]) AND "projectId" = ${member.projectId}::uuid
      AND "holderId" = ${member.userId}::uuid AND status = 'open'
    RETURNING id, "leaseUntil"`
  const ids = new Set(held.map(({ id }) => id))
  return {
    leaseUntil: held[0]?.leaseUntil.toISOString() ?? null,
    lost: assignmentIds.filter((id) => !ids.has(id)),
  }
}

/**
 * Gives back what a person holds when they leave. The holder stays written down, so that an answer
 * still under way is accepted unless someone else has taken the case. `leaseUntil` is the newest lease
 * that the leaving page knows: what another page of the same person has renewed since stays theirs.
 */
export async function releaseClaims(
  member: Member,
  { leaseUntil }: { leaseUntil: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Assignment" SET "leaseUntil" = now()
    WHERE "projectId" = ${member.projectId}::uuid AND "holderId" = ${member.userId}::uuid
      AND status = 'open' AND "leaseUntil" > now() AND "leaseUntil" <= ${leaseUntil}::timestamptz`
}

/**
 * Takes open assignments that hold an answer which was taken back from who gave it, and asks the same
 * of anyone else: an assignment has the answers of one person only, so the new one is a copy. Of a case
 * with a label that reviews do not replace nobody is asked any more.
 */
export async function handOn(tx: Tx, projectId: string, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    WITH taken AS (
      UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
      WHERE a.status = 'open' AND ${which}
        AND EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id)
      RETURNING a.*
    )
    INSERT INTO "Assignment"
      (id, "projectId", "caseId", slot, selection, mode, purpose, frame, rank, lane, place, risk, "aimedAtId", "handoutId", "bulkId", "suggestionId")
    SELECT ${idLikeCase(Prisma.sql`"caseId"`)}, "projectId", "caseId", slot, selection, mode, purpose, frame, rank, lane, place, risk, "aimedAtId", "handoutId", "bulkId",
      CASE mode WHEN 'shown' THEN (${newestShown(projectId, Prisma.sql`taken."caseId"`)}) END
    FROM taken
    WHERE NOT EXISTS (
      SELECT 1 FROM "FinalLabel" f
      WHERE f."caseId" = taken."caseId" AND f.source IN ('imported', 'settled')
    )`
}

import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { lockExamples } from '@/lib/versions/examples/locking/data'
import { getCaseState } from '../labels/data'
import { recomputeFinalLabel } from '../labels/mutations'
import { hasNeedlessReview } from '../labels/rules'
import { withdrawSecondOpinion } from '../undo/mutations'

export type Change = { id: string; projectId: string; fromIds: string[] }

/**
 * Sends cases back to be labelled afresh; the caller holds their locks. Their final label goes, however it
 * came about, and every answer that stands is taken back by the product, in rows that say why: who gave
 * one may be asked again, in a new round. What lies open and unanswered stays where it is and counts for
 * the new round. Cases that were settled or labelled anew since the change was made are left alone.
 */
export async function recallCases(
  tx: Tx,
  change: Change,
  caseIds: readonly string[],
): Promise<void> {
  const due = await listDue(tx, change, caseIds)
  if (due.length === 0) return
  await keepFormerLabels(tx, change, due)
  await tx.$executeRaw`
    INSERT INTO "CaseRound" ("caseId", round)
    SELECT "caseId", 1 FROM unnest(${due}::uuid[]) AS t("caseId")
    ON CONFLICT ("caseId") DO UPDATE SET round = "CaseRound".round + 1`
  const taken = await takeBackAnswers(tx, change, due)
  await clearQueue(tx, due)
  await tx.finalLabel.deleteMany({ where: { caseId: { in: due } } })
  await tx.dispute.deleteMany({ where: { caseId: { in: due } } })
  await tx.checkCase.deleteMany({ where: { caseId: { in: due } } })
  await flagExamples(tx, change, due, taken)
  await forgetOwnSights(tx, due, taken)
}

async function listDue(tx: Tx, change: Change, caseIds: readonly string[]): Promise<string[]> {
  // The label is told by the time that was listed with it, not by the time of the change: the two are
  // taken from different clocks. One that is none any more stands for nothing, whenever it came.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM "CategoryChangeCase" i
    JOIN "Case" c ON c.id = i."caseId" AND c."archivedAt" IS NULL
    LEFT JOIN "FinalLabel" f ON f."caseId" = c.id
    WHERE i."changeId" = ${change.id}::uuid AND i."caseId" = ANY(${caseIds}::uuid[])
      AND (f."caseId" IS NULL OR f.at = i."labelledAt" OR label_now(f."labelId") IS NULL)`
  return rows.map(({ id }) => id)
}

/** As they are now: someone may have taken an answer back since the list was made. */
async function keepFormerLabels(tx: Tx, { id }: Change, due: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "CategoryChangeCase" i
    SET "labelId" = f."labelId", "secondLabelId" = f."secondLabelId", source = f.source,
      "definitionId" = f."definitionId", "settledById" = f."settledById", precedent = f.precedent,
      "labelledAt" = f.at
    FROM "FinalLabel" f
    WHERE i."changeId" = ${id}::uuid AND i."caseId" = ANY(${due}::uuid[]) AND f."caseId" = i."caseId"`
}

type Taken = { id: string; reviewerId: string; caseId: string }

async function takeBackAnswers(tx: Tx, change: Change, due: readonly string[]): Promise<Taken[]> {
  const standing = await tx.review.findMany({
    where: {
      ...{ caseId: { in: [...due] }, undone: false, superseded: { is: null } },
      purpose: { in: ['ordinary', 'second_opinion'] },
    },
    select: { id: true, assignmentId: true, caseId: true, purpose: true, reviewerId: true },
  })
  const now = new Date()
  await tx.review.createMany({
    data: standing.map(({ id, ...review }) => ({
      ...{ ...review, id: newId(), projectId: change.projectId, supersedesId: id },
      ...{ undone: true, changeId: change.id, answeredAt: now },
    })),
  })
  return standing
}

/** Nobody in the middle of a case loses it, unless it was for an answer that is gone. */
async function clearQueue(tx: Tx, due: readonly string[]): Promise<void> {
  const inHand = Prisma.sql`(a."leaseUntil" > now()) IS TRUE`
  await tx.$executeRaw`
    UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
    WHERE a."caseId" = ANY(${due}::uuid[]) AND CASE
      WHEN a.purpose IN ('check_case', 'repeat') THEN a.status = 'open' AND NOT ${inHand}
        AND NOT EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id)
      WHEN a.status = 'answered' THEN true
      WHEN a.status = 'open' THEN EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id)
        OR a.purpose = 'second_opinion' AND NOT ${inHand}
      ELSE false
    END`
  await tx.$executeRaw`
    UPDATE "Assignment" a SET round = r.round
    FROM "CaseRound" r
    WHERE a."caseId" = ANY(${due}::uuid[]) AND r."caseId" = a."caseId" AND a.status = 'open'
      AND a.purpose IN ('ordinary', 'second_opinion')`
}

/** Examples that came from these answers, or show the label that the case has no more. */
async function flagExamples(
  tx: Tx,
  { fromIds }: Change,
  due: readonly string[],
  taken: readonly Taken[],
): Promise<void> {
  const from = taken.map(({ id }) => id)
  await lockExamples(
    tx,
    Prisma.sql`"flaggedAt" IS NULL AND ("reviewId" = ANY(${from}::uuid[])
      OR "reviewId" IS NULL AND "caseId" = ANY(${due}::uuid[]))`,
  )
  await tx.example.updateMany({
    where: {
      flaggedAt: null,
      OR: [
        { reviewId: { in: from } },
        { reviewId: null, caseId: { in: [...due] }, labelId: { in: fromIds } },
      ],
    },
    data: { flaggedAt: new Date() },
  })
}

/**
 * Whoever answered an example case and then looked at it may be asked again, or a project of one reviewer
 * would never label it. In dev and test who has seen more stays out of it: answers there are blind.
 */
async function forgetOwnSights(tx: Tx, due: readonly string[], taken: readonly Taken[]) {
  await tx.$executeRaw`
    DELETE FROM "CaseSight" g USING "Case" c,
      unnest(${taken.map(({ caseId }) => caseId)}::uuid[], ${taken.map(({ reviewerId }) => reviewerId)}::uuid[])
        AS said("caseId", "userId")
    WHERE c.id = g."caseId" AND c.pool = 'example' AND c.id = ANY(${due}::uuid[])
      AND said."caseId" = g."caseId" AND said."userId" = g."userId"`
}

/**
 * Brings cases in line with what their labels count as today; the caller holds their locks. A label stays
 * as old as it is; what people said is counted again, so that who disagreed about two categories that are
 * one now agrees.
 */
export async function carryCases(
  tx: Tx,
  change: Change,
  caseIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "FinalLabel" f
    SET "labelId" = label_now(i."labelId"),
      "secondLabelId" = nullif(label_now(i."secondLabelId"), label_now(i."labelId"))
    FROM "CategoryChangeCase" i
    WHERE i."changeId" = ${change.id}::uuid AND i."caseId" = ANY(${caseIds}::uuid[])
      AND f."caseId" = i."caseId" AND f.at = i."labelledAt" AND label_now(i."labelId") IS NOT NULL`
  const rows = await tx.$queryRaw<{ caseId: string }[]>`
    SELECT c.id AS "caseId" FROM "Case" c
    WHERE c.id = ANY(${caseIds}::uuid[]) AND c."archivedAt" IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = c.id AND f.source IN ('imported', 'settled')
      )
      -- A label that was just renamed is what its answers say.
      AND (NOT EXISTS (
        SELECT 1 FROM "FinalLabel" f JOIN "CategoryChangeCase" i ON i."caseId" = f."caseId"
        WHERE f."caseId" = c.id AND i."changeId" = ${change.id}::uuid AND f.at = i."labelledAt"
      ) OR EXISTS (
        SELECT 1 FROM "Assignment" a
        WHERE a."caseId" = c.id AND a.status = 'open' AND a.purpose = 'second_opinion'
      ))
    ORDER BY c.id`
  for (const { caseId } of rows) {
    const item = { projectId: change.projectId, caseId }
    await recomputeFinalLabel(tx, item)
    if (hasNeedlessReview(await getCaseState(tx, caseId))) await withdrawSecondOpinion(tx, caseId)
  }
}

import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { listFold } from '../data'
import { explainMissing } from '../mutations'
import type { Decided, FoldDecision } from './schema'

/**
 * Dismisses a correction and all folded with it, as the fold stands at this moment; puts them off, or opens
 * them again. Sent again with the same id it changes nothing. Throws not-found or `conflict` where the
 * correction is none any more.
 */
export async function decideFold(member: Member, input: FoldDecision): Promise<Decided> {
  const { projectId, userId } = member
  const { id, reviewId, decision } = input
  return db.$transaction(async (tx) => {
    await lockFold(tx, projectId, reviewId)
    const known = await tx.foldDecision.findUnique({ where: { id } })
    if (known && (known.projectId !== projectId || known.reviewId !== reviewId)) {
      throw conflict('Something else was saved under this id. Nothing was changed.')
    }
    if (known) return { id, size: known.size }
    const members = await listFold(member, reviewId, tx)
    if (members.length === 0) throw await explainMissing(tx, projectId, reviewId)
    const size = members.length
    const reason = decision === 'dismissed' ? input.reason : ''
    await tx.$executeRaw`
      INSERT INTO "FoldDecision" (id, "projectId", "reviewId", decision, size, before, "byId")
      SELECT ${id}::uuid, ${projectId}::uuid, ${reviewId}::uuid, ${decision}, ${size}::int,
        coalesce(jsonb_agg(to_jsonb(d) - 'projectId'), '[]'), ${userId}::uuid
      FROM "CorrectionDecision" d WHERE d."reviewId" = ANY(${members}::uuid[])`
    await tx.$executeRaw`
      DELETE FROM "CorrectionDecision" WHERE "reviewId" = ANY(${members}::uuid[])`
    if (decision !== 'open') {
      await tx.$executeRaw`
        INSERT INTO "CorrectionDecision"
          ("reviewId", "projectId", decision, reason, "byId", "foldId")
        SELECT member, ${projectId}::uuid, ${decision}, ${reason}, ${userId}::uuid, ${id}::uuid
        FROM unnest(${members}::uuid[]) AS t(member)`
    }
    await recordAudit(tx, {
      ...{ projectId, actorId: userId, action: 'correction.decided', subjectId: reviewId },
      detail: { decision, size },
    })
    return { id, size }
  })
}

/**
 * Takes a decision back: what had been decided before holds again. What was decided anew since stays so,
 * and where that is all of it this is a `conflict`. Taken back again it changes nothing. Throws not-found.
 */
export async function undoFoldDecision(member: Member, id: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const found = await tx.foldDecision.findFirst({ where: { id, projectId } })
    if (!found) throw notFound('This decision')
    const { reviewId } = found
    await lockFold(tx, projectId, reviewId)
    const { count } = await tx.foldDecision.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: new Date() },
    })
    if (count === 0) return
    // What was opened again has no rows of its own: what it replaced comes back where nothing is.
    const isOpened = found.decision === 'open'
    const standing = await takeOut(tx, id)
    const restored = await tx.$executeRaw`
      INSERT INTO "CorrectionDecision"
        ("reviewId", "projectId", decision, reason, "byId", at, "foldId")
      SELECT b."reviewId", f."projectId", b.decision, b.reason, b."byId", b.at, b."foldId"
      FROM "FoldDecision" f, jsonb_to_recordset(f.before) AS b("reviewId" uuid, decision text,
        reason text, "byId" uuid, at timestamptz, "foldId" uuid)
      WHERE f.id = ${id}::uuid AND (${isOpened} OR b."reviewId" = ANY(${standing}::uuid[]))
      ON CONFLICT DO NOTHING`
    if (standing.length === 0 && restored === 0) {
      throw conflict('This was decided anew since, so there is nothing to undo.')
    }
    await recordAudit(tx, {
      ...{ projectId, actorId: userId, action: 'correction.decision_undone', subjectId: reviewId },
      detail: { size: found.size },
    })
  })
}

/** The corrections that still are as this decision left them; they are undecided from now on. */
async function takeOut(tx: Tx, foldId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ reviewId: string }[]>`
    DELETE FROM "CorrectionDecision" WHERE "foldId" = ${foldId}::uuid RETURNING "reviewId"`
  return rows.map(({ reviewId }) => reviewId)
}

/** One decision at a time on near-duplicates of each other. */
async function lockFold(tx: Tx, projectId: string, reviewId: string): Promise<void> {
  const name = Prisma.sql`'fold of corrections ' || COALESCE(c."clusterId", c.id)`
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))
    FROM "Review" r JOIN "Case" c ON c.id = r."caseId"
    WHERE r.id = ${reviewId}::uuid AND r."projectId" = ${projectId}::uuid`
}

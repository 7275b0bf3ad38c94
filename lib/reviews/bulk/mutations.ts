import { randomInt } from 'node:crypto'
import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { findReleasedSetup } from '@/lib/versions/data'
import { recomputeFinalLabel } from '../labels/mutations'
import { rememberSights } from '../sights/mutations'
import { listGates, NO_GATE } from './gate/data'
import { confirmable } from './listing/data'
import { drawSample, REQUIRED, sampleSize } from './rules'
import type { Confirmed, ConfirmInput } from './schema'

/** Two hundred cases, each with its label. */
const CONFIRMING = { timeout: 60_000 }

/** Where the queue begins: no random rank is lower. */
const FRONT = 0

type Taken = { assignmentId: string; caseId: string; suggestionId: string }

/**
 * Confirms what the set-up in force says of many example cases at once. A tenth of them, drawn at random,
 * goes to ordinary review instead, at the front. What someone holds, or what was answered or suggested
 * anew since the page was opened, is left alone. The same id again changes nothing. Throws `conflict` for
 * a category that blind reviews do not allow, and where fewer than two cases are left.
 */
export async function confirmBulk(member: Member, input: ConfirmInput): Promise<Confirmed> {
  return db.$transaction(async (tx) => {
    await lockCases(tx, member, input)
    const known = await findConfirmed(tx, member, input)
    if (known) return known
    const released = await findReleasedSetup(member.projectId, tx)
    const gates = await listGates(member.projectId, tx)
    const gate = gates.get(input.labelId) ?? NO_GATE
    if (!released || !gate.allowed) throw conflict(refusalOf(gate.missing))
    const taken = await takeFree(tx, member, input)
    if (taken.length < 2) {
      throw conflict('Others have these cases now. Nothing was confirmed: reload the list.')
    }
    const { drawn, rest } = drawSample(taken, sampleSize(taken.length), (n) => randomInt(n))
    const counts = { confirmed: rest.length, sampled: drawn.length }
    await tx.bulkConfirm.create({
      data: {
        ...{ id: input.id, projectId: member.projectId, setupId: released.setupId },
        ...{ labelId: input.labelId, byId: member.userId, ...counts },
        ...{ blind: gate.blind, right: gate.right, lowerBound: gate.lowerBound },
      },
    })
    await sendToReview(tx, input.id, drawn)
    await answerAll(tx, member, input, { items: rest, versionId: released.versionId })
    await rememberSights(
      tx,
      member,
      taken.map(({ caseId }) => caseId),
    )
    await recordAudit(tx, {
      projectId: member.projectId,
      actorId: member.userId,
      action: 'cases.confirmed_in_bulk',
      subjectId: input.id,
      detail: { labelId: input.labelId, ...counts },
    })
    return { id: input.id, ...counts }
  }, CONFIRMING)
}

const refusalOf = (missing: number | null): string =>
  missing === null
    ? 'Blind reviews of this category are too often wrong to confirm it in bulk.'
    : `${missing} more blind reviews of this category must be right before it can be confirmed in bulk: at least ${REQUIRED * 100} % must be.`

/** In the order of their ids, as everyone does who takes several. */
async function lockCases(tx: Tx, { projectId }: Member, { cases }: ConfirmInput): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM "Case"
    WHERE "projectId" = ${projectId}::uuid AND id = ANY(${cases.map(({ caseId }) => caseId)}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`
}

async function findConfirmed(
  tx: Tx,
  { userId, projectId }: Member,
  { id, labelId }: ConfirmInput,
): Promise<Confirmed | null> {
  const known = await tx.bulkConfirm.findUnique({ where: { id } })
  if (!known) return null
  if (known.byId !== userId || known.projectId !== projectId || known.labelId !== labelId) {
    throw conflict('Something else was saved under this id. Nothing was changed.')
  }
  return { id, confirmed: known.confirmed, sampled: known.sampled }
}

/**
 * Locked, so that no claim hands them out meanwhile; what a claim has locked is left to it. Of several
 * free reviews of a case the first, as claims hand them out in that order.
 */
async function takeFree(
  tx: Tx,
  member: Member,
  { labelId, cases }: ConfirmInput,
): Promise<Taken[]> {
  const rows = await tx.$queryRaw<Taken[]>`
    SELECT a.id AS "assignmentId", a."caseId", a."suggestionId"
    FROM jsonb_to_recordset(${JSON.stringify(cases)}::jsonb)
      AS wanted("caseId" uuid, "suggestionId" uuid)
    JOIN "Assignment" a ON a."caseId" = wanted."caseId" AND a."suggestionId" = wanted."suggestionId"
    JOIN "Suggestion" s ON s.id = a."suggestionId"
    JOIN "Case" c ON c.id = a."caseId"
    WHERE ${confirmable(member, labelId)}
    ORDER BY a."caseId", a.slot DESC
    FOR UPDATE OF a SKIP LOCKED`
  return [...new Map(rows.map((row) => [row.caseId, row])).values()]
}

async function sendToReview(tx: Tx, bulkId: string, items: readonly Taken[]): Promise<void> {
  await tx.assignment.updateMany({
    where: { id: { in: items.map(({ assignmentId }) => assignmentId) } },
    data: { bulkId, place: FRONT },
  })
}

async function answerAll(
  tx: Tx,
  { userId, projectId }: Member,
  { id: bulkId, labelId }: ConfirmInput,
  { items, versionId }: { items: readonly Taken[]; versionId: string },
): Promise<void> {
  const now = new Date()
  await tx.assignment.updateMany({
    where: { id: { in: items.map(({ assignmentId }) => assignmentId) } },
    data: { status: 'answered', holderId: userId, bulkId, claimedAt: now },
  })
  const rows = items.map(
    ({ assignmentId, caseId, suggestionId }) => Prisma.sql`(
      ${newId()}::uuid, ${projectId}::uuid, ${assignmentId}::uuid, ${caseId}::uuid,
      'ordinary'::"Purpose", ${userId}::uuid, ${suggestionId}::uuid, ${versionId}::uuid,
      ${labelId}::uuid, 'up'::"Thumb", ${bulkId}::uuid, ${now}::timestamptz)`,
  )
  await tx.$executeRaw`
    INSERT INTO "Review" (id, "projectId", "assignmentId", "caseId", purpose, "reviewerId",
      "suggestionId", "versionId", "labelId", thumb, "bulkId", "answeredAt")
    VALUES ${Prisma.join(rows)}`
  for (const { caseId } of items) await recomputeFinalLabel(tx, { projectId, caseId })
}

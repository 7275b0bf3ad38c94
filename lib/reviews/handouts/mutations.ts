import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { mayReview } from '../policy'
import { returnUndone } from './returns/mutations'
import { LOOKED_AT } from './rules'
import type { HandoutGiven, NewHandout } from './schema'

/**
 * Sets aside the next free cases for one person, by random rank: of a whole pool, which leaves them a
 * random sample, or of one predicted category of the example pool, which makes them targeted. Gives as
 * many as there are, and says how many. Nobody who reviews meanwhile waits. Throws `invalid` for someone
 * who does not review here, `conflict` when no case fits.
 */
export async function giveCases(member: Member, input: NewHandout): Promise<HandoutGiven> {
  const { projectId, userId: createdById } = member
  return db.$transaction(async (tx) => {
    await checkPerson(tx, projectId, input.userId)
    const id = newId()
    const { dueOn, cases: wanted, ...rest } = input
    await checkCategory(tx, projectId, input.predictedId)
    await tx.handout.create({
      data: {
        ...rest,
        id,
        projectId,
        cases: wanted,
        dueOn: dueOn === null ? null : new Date(dueOn),
        createdById,
      },
    })
    const cases = await setAside(tx, projectId, id, input)
    if (cases === 0) {
      throw conflict('No case fits: all are answered, given out, or not for this person.')
    }
    await tx.handout.update({ where: { id }, data: { cases } })
    await recordAudit(tx, {
      projectId,
      actorId: createdById,
      action: 'handout.given',
      subjectId: id,
      detail: { userId: input.userId, pool: input.pool, wanted, cases },
    })
    return { id, cases }
  }, SETTING_ASIDE)
}

/** Looking through the window takes a second or two where nearly nothing in it fits. */
const SETTING_ASIDE = { timeout: 30_000 }

async function checkPerson(tx: Tx, projectId: string, userId: string): Promise<void> {
  const person = await tx.membership.findFirst({
    where: { projectId, userId, user: { disabledAt: null } },
    select: { role: true, user: { select: { isAdmin: true } } },
  })
  if (!person || !mayReview({ role: person.role, isAdmin: person.user.isAdmin })) {
    throw invalid('This person does not review in this project.')
  }
}

async function checkCategory(tx: Tx, projectId: string, id: string | null): Promise<void> {
  if (id === null) return
  const known = await tx.category.count({ where: { id, projectId, archivedAt: null } })
  if (known === 0) throw invalid('This category is not one of the project’s.')
}

async function setAside(
  tx: Tx,
  projectId: string,
  handoutId: string,
  { userId, pool, predictedId, cases }: NewHandout,
): Promise<number> {
  const predicted = Prisma.sql`JOIN "Suggestion" s ON s.id = w."suggestionId"
    AND label_now(s."labelId") = ${predictedId}::uuid`
  return tx.$executeRaw`
    WITH picked AS (
      SELECT a.id
      FROM (
        SELECT f.id, f.place, f."suggestionId" FROM "Assignment" f
        WHERE f."projectId" = ${projectId}::uuid AND f.lane = 'random' AND f.status = 'open'
          AND f."leaseUntil" IS NULL AND f."forUserId" IS NULL
          AND (f.mode = 'blind' OR f."suggestionId" IS NOT NULL)
        ORDER BY f.place, f.id
        LIMIT ${LOOKED_AT}
      ) AS w
      JOIN "Assignment" a ON a.id = w.id AND a.frame = ${pool} AND a.purpose = 'ordinary'
        AND a."bulkId" IS NULL
      JOIN "Case" c ON c.id = a."caseId" AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL
      ${predictedId === null ? Prisma.empty : predicted}
      WHERE a.status = 'open' AND a."leaseUntil" IS NULL AND a."forUserId" IS NULL
        AND ${neverTheirs(userId)}
      ORDER BY w.place, w.id
      LIMIT ${cases}
      FOR NO KEY UPDATE OF a SKIP LOCKED
    )
    UPDATE "Assignment" a SET "forUserId" = ${userId}::uuid, "handoutId" = ${handoutId}::uuid,
      selection = ${predictedId === null ? 'random' : 'targeted'}::"Selection"
    FROM picked WHERE a.id = picked.id`
}

/**
 * The person has neither reviewed the case `c`, nor passed on it, nor seen its labels, nor has another
 * review of it in hand; and of several free reviews of a case only the first is taken.
 */
const neverTheirs = (userId: string): Prisma.Sql => Prisma.sql`
  NOT EXISTS (
    SELECT 1 FROM "Review" v WHERE v."caseId" = c.id AND v."reviewerId" = ${userId}::uuid OFFSET 0
  ) AND NOT EXISTS (
    SELECT 1 FROM "AssignmentSkip" k WHERE k."caseId" = c.id AND k."userId" = ${userId}::uuid OFFSET 0
  ) AND NOT EXISTS (
    SELECT 1 FROM "CaseSight" g WHERE g."caseId" = c.id AND g."userId" = ${userId}::uuid OFFSET 0
  ) AND NOT EXISTS (
    SELECT 1 FROM "Assignment" b
    WHERE b."caseId" = c.id AND b.id <> a.id AND b.status = 'open' AND (
      b."holderId" = ${userId}::uuid OR b."forUserId" = ${userId}::uuid
      OR (b.slot < a.slot AND b."leaseUntil" IS NULL AND b."forUserId" IS NULL)
    ) OFFSET 0
  )`

/**
 * Ends a handout: what is not done is anyone's again, what lies in the person's hands at this moment
 * stays with them. Throws `not_found`, and `conflict` when it has ended already.
 */
export async function takeBackHandout(member: Member, id: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const { count } = await tx.handout.updateMany({
      where: { id, projectId, endedAt: null },
      data: { endedAt: new Date() },
    })
    if (count === 0) {
      const known = await tx.handout.count({ where: { id, projectId } })
      throw known ? conflict('This work was taken back already.') : notFound('This work')
    }
    await returnUndone(tx, Prisma.sql`a."handoutId" = ${id}::uuid`)
    await recordAudit(tx, { projectId, actorId: userId, action: 'handout.ended', subjectId: id })
  })
}

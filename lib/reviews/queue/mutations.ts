import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { listClaims, openForMember, shownSuggestions } from './data'
import { BATCH_SIZE, claimLock, LEASE_SECONDS } from './rules'
import type { Claims, Renewed } from './schema'

/** By the database's clock alone: web servers may disagree on the time. */
export const LEASE_END = Prisma.sql`now() + make_interval(secs => ${LEASE_SECONDS})`

/**
 * Leases the next `n` cases to this person: first those they hold already, so that a reload gives the
 * same ones again, then free ones in the order of their lane. Two people never get the same
 * assignment, nor one person two assignments of one case.
 */
export async function claimNextCases(
  member: Member,
  { n = BATCH_SIZE }: { n?: number } = {},
): Promise<Claims> {
  return db.$transaction(async (tx) => {
    // Two windows of one person wait for each other; people never do.
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${claimLock(member.userId)}, 0))`
    let ids = await claimBatch(tx, member, n)
    // Rows that others had locked at that very moment may be free by now.
    if (ids.length < n) ids = await claimBatch(tx, member, n)
    return { claims: ids.length === 0 ? [] : await listClaims(ids, tx) }
  })
}

async function claimBatch(tx: Tx, member: Member, n: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH own AS (
      SELECT a.id, a."claimedAt", a."suggestionId" FROM "Assignment" a
      WHERE a."holderId" = ${member.userId}::uuid AND a."projectId" = ${member.projectId}::uuid
        AND a.status = 'open' AND a."leaseUntil" > now()
      ORDER BY a."claimedAt", a.place, a.id
      LIMIT ${n}
    ), free AS (
      SELECT a.id, now() AS "claimedAt", s.id AS "suggestionId"
      FROM "Assignment" a
      JOIN "Case" c ON c.id = a."caseId"
      LEFT JOIN LATERAL (
        SELECT s.id ${shownSuggestions(member.projectId)} AND s."caseId" = a."caseId"
        ORDER BY s.id DESC LIMIT 1
      ) s ON a.mode = 'shown'
      WHERE ${openForMember(member)}
        AND (a.mode = 'blind' OR s.id IS NOT NULL)
        AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())
        AND NOT EXISTS (${anotherOfTheCase(member)})
      ORDER BY a.place, a.id
      LIMIT greatest(0, ${n} - (SELECT count(*) FROM own))
      FOR UPDATE OF a SKIP LOCKED
    ), taken AS (SELECT * FROM own UNION ALL SELECT * FROM free)
    UPDATE "Assignment" a
    SET "holderId" = ${member.userId}::uuid, "leaseUntil" = ${LEASE_END},
      "claimedAt" = taken."claimedAt", "suggestionId" = taken."suggestionId"
    FROM taken WHERE a.id = taken.id AND a.status = 'open'
    RETURNING a.id`
  return rows.map((row) => row.id)
}

/** Of several assignments of a case a person gets the first free one, and none while holding one. */
const anotherOfTheCase = (member: Member): Prisma.Sql => Prisma.sql`
  SELECT 1 FROM "Assignment" b
  WHERE b."caseId" = a."caseId" AND b.id <> a.id AND b.status = 'open' AND (
    (b."holderId" = ${member.userId}::uuid AND b."leaseUntil" > now())
    OR (b.slot < a.slot AND (b."leaseUntil" IS NULL OR b."leaseUntil" <= now())
      AND (b."forUserId" IS NULL OR b."forUserId" = ${member.userId}::uuid))
  )`

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

/** A UUIDv7 of this moment: 48 bits of milliseconds put over a random UUID, then the version bits. */
export const SQL_NEW_ID = Prisma.sql`
  encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING substring(
    int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6
  ), 52, 1), 53, 1), 'hex')::uuid`

/**
 * Takes open assignments that hold an answer which was taken back from who gave it, and asks the same
 * of anyone else: an assignment has the answers of one person only, so the new one is a copy.
 */
export async function handOn(tx: Tx, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    WITH taken AS (
      UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
      WHERE a.status = 'open' AND ${which}
        AND EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id)
      RETURNING a.*
    )
    INSERT INTO "Assignment"
      (id, "projectId", "caseId", slot, selection, mode, purpose, frame, rank, lane, place, risk, "aimedAtId", "handoutId", "bulkId")
    SELECT ${SQL_NEW_ID}, "projectId", "caseId", slot, selection, mode, purpose, frame, rank, lane, place, risk, "aimedAtId", "handoutId", "bulkId"
    FROM taken`
}

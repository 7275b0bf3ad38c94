import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { PREPARED, type Tx } from '@/lib/platform/database'
import type { Batch } from '../batches/rules'
import { newestShown } from '../data'
import { LEASE_SECONDS } from '../rules'

/** By the database's clock alone: web servers may disagree on the time. */
export const LEASE_END = Prisma.sql`now() + make_interval(secs => ${LEASE_SECONDS})`

/**
 * A UUIDv7 with the time of a case: its first 48 bits put over a random UUID, then the version bits. Not
 * with the time of the assignment: the id is in the response, and its time would tell a check case, a
 * repeat and a second opinion from what was opened long ago.
 */
export const idLikeCase = (caseId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(uuid_send(${caseId}) FROM 1 FOR 6) FROM 1 FOR 6
  ), 52, 1), 53, 1), 'hex')::uuid`

/** Behind what is held already, even if that was claimed within the same moment. */
const claimedAt = (own: readonly string[]): Prisma.Sql => Prisma.sql`
  greatest(now(), (SELECT max(o."claimedAt") FROM "Assignment" o WHERE o.id = ANY(${own}::uuid[])))
    + make_interval(secs => (t.nth + 1) / 1000.0)`

/** Who had it and lost it may still answer while it is open. */
const heldBefore = (userId: string): Prisma.Sql => Prisma.sql`
  CASE WHEN a."holderId" <> ${userId}::uuid
    THEN array_append(array_remove(a."heldBefore", a."holderId"), a."holderId")
    ELSE a."heldBefore" END`

/** Leases rows that this transaction has locked, renews those held already, and moves the cursors. */
export function holdStatement(
  { projectId, userId }: Pick<Member, 'userId' | 'projectId'>,
  { own, taken, moved }: Pick<Batch, 'own' | 'taken' | 'moved'>,
): Prisma.Sql {
  return Prisma.sql`${PREPARED}
    WITH moved AS (
      INSERT INTO "QueueCursor" ("projectId", "userId", lane, place, id, since)
      SELECT ${projectId}::uuid, ${userId}::uuid, m.line, m.place, m.id, coalesce(m.since, now())
      FROM unnest(
        ${moved.map(({ line }) => line)}::text[], ${moved.map(({ to }) => to.place)}::float8[],
        ${moved.map(({ to }) => to.id)}::uuid[], ${moved.map(({ since }) => since)}::timestamptz[]
      ) AS m(line, place, id, since)
      ON CONFLICT ("projectId", "userId", lane)
        DO UPDATE SET place = excluded.place, id = excluded.id, since = excluded.since
    ), renewed AS (
      UPDATE "Assignment" a SET "leaseUntil" = ${LEASE_END}
      WHERE a.id = ANY(${own}::uuid[]) AND a.status = 'open'
    )
    UPDATE "Assignment" a
    SET "holderId" = ${userId}::uuid, "heldBefore" = ${heldBefore(userId)},
      "leaseUntil" = ${LEASE_END}, "claimedAt" = ${claimedAt(own)}, "suggestionId" = t."suggestionId"
    FROM unnest(
      ${taken.map(({ id }) => id)}::uuid[], ${taken.map(({ suggestionId }) => suggestionId)}::uuid[],
      ${taken.map(({ nth }) => nth)}::int[]
    ) AS t(id, "suggestionId", nth)
    WHERE a.id = t.id`
}

/** Check cases and repeats are made for the person at the moment they are handed out. */
export async function openPersonal(
  tx: Tx,
  { projectId, userId }: Member,
  own: readonly string[],
  items: Batch['personal'],
): Promise<string[]> {
  if (items.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Assignment" (id, "projectId", "caseId", slot, mode, purpose, frame, rank, place,
      "forUserId", "holderId", "leaseUntil", "claimedAt", "suggestionId")
    SELECT ${idLikeCase(Prisma.sql`t."caseId"`)}, ${projectId}::uuid, t."caseId", 1, t.mode, t.purpose, t.frame, t.rank,
      t.rank, ${userId}::uuid, ${userId}::uuid, ${LEASE_END}, ${claimedAt(own)}, s.id
    FROM unnest(
      ${items.map(({ caseId }) => caseId)}::uuid[], ${items.map(({ mode }) => mode)}::"Mode"[],
      ${items.map(({ purpose }) => purpose)}::"Purpose"[],
      ${items.map(({ frame }) => frame)}::text[], ${items.map(({ rank }) => rank)}::float8[],
      ${items.map(({ nth }) => nth)}::int[]
    ) AS t("caseId", mode, purpose, frame, rank, nth)
    LEFT JOIN LATERAL (${newestShown(projectId, Prisma.sql`t."caseId"`)}) s ON t.mode = 'shown'
    WHERE t.mode = 'blind' OR s.id IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING id`
  return rows.map(({ id }) => id)
}

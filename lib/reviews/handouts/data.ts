import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { mayReview } from '../policy'
import type { CurrentHandout, Handouts, HandoutView } from './schema'

/** Older ones are done, or were taken back. */
const LISTED = 50

/**
 * The work given to this person that comes next: the one due first of those with cases left; null when
 * there is none. Looks only at what is set aside for the person, and counts that one handout.
 */
export async function findCurrentHandout(
  { projectId, userId }: Pick<Member, 'userId' | 'projectId'>,
  database: Database = db,
): Promise<CurrentHandout | null> {
  const [row] = await database.$queryRaw<CurrentHandout[]>`
    SELECT h.note, h."dueOn"::text AS "dueOn", h.cases, (
      SELECT count(*)::int FROM "Assignment" a
      WHERE a."handoutId" = h.id AND a.status = 'answered'
    ) AS done
    FROM (
      SELECT * FROM "Handout"
      WHERE "endedAt" IS NULL AND "projectId" = ${projectId}::uuid AND id IN (
        SELECT a."handoutId" FROM "Assignment" a
        WHERE a."forUserId" = ${userId}::uuid AND a."projectId" = ${projectId}::uuid
          AND a.status = 'open'
      )
      ORDER BY "dueOn" NULLS LAST, "createdAt", id
      LIMIT 1
    ) AS h`
  return row ?? null
}

/** Who can be given work, and what was given of late. */
export async function listHandouts({ projectId }: Member): Promise<Handouts> {
  const [people, handouts] = await Promise.all([
    db.membership.findMany({
      where: { projectId, user: { disabledAt: null } },
      orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
      select: { userId: true, role: true, user: { select: { name: true, isAdmin: true } } },
    }),
    db.$queryRaw<(Omit<HandoutView, 'createdAt'> & { createdAt: Date })[]>`
      SELECT h.id, h."userId", u.name, h.pool, coalesce(n.name, k.name) AS predicted, h.cases, p.done, p.left, h.note,
        h."dueOn"::text AS "dueOn", h."createdAt", m.name AS "createdBy",
        h."endedAt" IS NOT NULL AS ended,
        (p.left > 0 AND h."endedAt" IS NULL AND h."dueOn" < current_date) IS TRUE AS late
      FROM (
        SELECT * FROM "Handout" WHERE "projectId" = ${projectId}::uuid
        ORDER BY "createdAt" DESC, id DESC LIMIT ${LISTED}
      ) AS h
      JOIN "User" u ON u.id = h."userId"
      JOIN "User" m ON m.id = h."createdById"
      LEFT JOIN "Category" k ON k.id = h."predictedId"
      LEFT JOIN "Category" n ON n.id = label_now(h."predictedId")
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE a.status = 'answered')::int AS done,
          count(*) FILTER (WHERE a.status = 'open' AND a."forUserId" = h."userId")::int AS left
        FROM "Assignment" a WHERE a."handoutId" = h.id
      ) AS p
      ORDER BY h."createdAt" DESC, h.id DESC`,
  ])
  return {
    people: people
      .filter(({ role, user }) => mayReview({ role, isAdmin: user.isAdmin }))
      .map(({ userId, user }) => ({ userId, name: user.name })),
    handouts: handouts.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
  }
}

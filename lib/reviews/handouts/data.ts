import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import type { CurrentHandout } from './schema'

/**
 * The work given to this person that comes next: the one due first of those with cases left; null when
 * there is none. Looks only at the cases of the person's unfinished handouts.
 */
export async function findCurrentHandout(
  member: Pick<Member, 'userId' | 'projectId'>,
  database: Database = db,
): Promise<CurrentHandout | null> {
  const [row] = await database.$queryRaw<CurrentHandout[]>`
    SELECT h.note, h."dueOn"::text AS "dueOn", h.cases, p.done
    FROM "Handout" h
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE a.status = 'answered')::int AS done,
        count(*) FILTER (WHERE a.status = 'open' AND a."forUserId" = h."userId")::int AS left
      FROM "Assignment" a WHERE a."handoutId" = h.id
    ) AS p
    WHERE h."projectId" = ${member.projectId}::uuid AND h."userId" = ${member.userId}::uuid
      AND h."endedAt" IS NULL AND p.left > 0
    ORDER BY h."dueOn" NULLS LAST, h."createdAt", h.id
    LIMIT 1`
  return row ?? null
}

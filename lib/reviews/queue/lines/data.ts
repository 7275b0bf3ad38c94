import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { mayTakeEscalated } from '../../policy'
import { newestShown } from '../data'

/**
 * Rows of a line that are looked at in a claim. What a person may not have is skipped within them; a
 * line that starts with more than that is walked by `walkLine`, and the cursor remembers how far.
 */
export const WINDOW = 64

export type Who = Pick<Member, 'userId' | 'projectId' | 'role' | 'isAdmin'>

/** Free rows of a lane from a position on, in the order of the index. */
export const freeWindow = (
  { projectId }: Who,
  lane: Prisma.Sql,
  from: { place: Prisma.Sql; id: Prisma.Sql },
  bounds: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  SELECT f.id, f."caseId", f.slot, f.round, f.lane, f.purpose, f.mode, f.place
  FROM "Assignment" f
  WHERE f."projectId" = ${projectId}::uuid AND f.lane = ${lane}
    AND f.status = 'open' AND f."leaseUntil" IS NULL AND f."forUserId" IS NULL
    AND (f.mode = 'blind' OR f."suggestionId" IS NOT NULL)
    AND (f.place, f.id) >= (${from.place}, ${from.id})
  ORDER BY f.place, f.id
  ${bounds}`

/** Rows that came back, those first that have waited longest. */
export const returnedWindow = (
  { projectId }: Who,
  from: { place: Prisma.Sql; id: Prisma.Sql },
  bounds: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  SELECT f.id, f."caseId", f.slot, f.round, f.lane, f.purpose, f.mode,
    extract(epoch FROM f."leaseUntil")::float8 AS place
  FROM "Assignment" f
  WHERE f."projectId" = ${projectId}::uuid AND f.status = 'open' AND f."forUserId" IS NULL
    AND f."leaseUntil" IS NOT NULL AND f."leaseUntil" <= now()
    AND (f."leaseUntil", f.id) >= (to_timestamp(${from.place}), ${from.id})
  ORDER BY f."leaseUntil", f.id
  ${bounds}`

/** What the person has, and what they had, let go of and nobody has taken since. */
export const heldRows = ({ userId, projectId }: Who): Prisma.Sql => Prisma.sql`
  SELECT a.id, a."caseId", a.slot, a.round, a.lane, a.purpose, a.mode, a.place, a."claimedAt",
    a."forUserId", a."leaseUntil" > now() AS live
  FROM "Assignment" a
  WHERE a."holderId" = ${userId}::uuid AND a."projectId" = ${projectId}::uuid
    AND a.status = 'open' AND a."leaseUntil" IS NOT NULL`

/** Of those rows, as held, what was let go of, by a reload or for a while. */
export const DROPPED_WINDOW = Prisma.sql`
  SELECT f.id, f."caseId", f.slot, f.round, f.lane, f.purpose, f.mode,
    extract(epoch FROM f."claimedAt")::float8 AS place
  FROM held f
  WHERE NOT f.live AND f."forUserId" IS NULL
  ORDER BY f."claimedAt", f.id
  ${Prisma.raw(`LIMIT ${WINDOW}`)}`

/** Rows set aside for the person: of one handout, or of none. */
export const asideWindow = (
  { userId, projectId }: Who,
  handout: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  SELECT f.id, f."caseId", f.slot, f.round, f.lane, f.purpose, f.mode, f.place
  FROM "Assignment" f
  WHERE f."forUserId" = ${userId}::uuid AND f."projectId" = ${projectId}::uuid
    AND f."handoutId" ${handout} AND f.status = 'open'
    AND (f."leaseUntil" IS NULL OR f."leaseUntil" <= now())
  ORDER BY f.place, f.id
  ${limit(WINDOW)}`

export const limit = (rows: number): Prisma.Sql => Prisma.sql`LIMIT ${Prisma.raw(String(rows))}`

/**
 * Of a window `w`, in its order, what may be for the person now or later: never a case that they have
 * reviewed, passed on, or seen the labels of, nor one that was replaced, nor one without anything to
 * show. OFFSET 0 keeps each question a look into an index, row by row: the planner might otherwise read
 * all that the person has ever reviewed. What they have reviewed goes first, and nothing more is asked
 * about it: where several reviews are wanted, the others of their last cases stand at the front.
 */
export const suitable = (member: Who, window: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT w.*, s.id AS "suggestionId", first_value(w.place) OVER front AS "firstPlace",
    first_value(w.id) OVER front AS "firstId"
  FROM (${notReviewed(member, window)}) w
  LEFT JOIN LATERAL (
    SELECT n.id FROM (${newestShown(member.projectId, Prisma.sql`w."caseId"`)}) n
    WHERE w.mode = 'shown' OFFSET 0
  ) s ON true
  WHERE (w.mode = 'blind' OR s.id IS NOT NULL)
    AND (SELECT c."archivedAt" IS NULL FROM "Case" c WHERE c.id = w."caseId")
    AND (w.lane <> 'escalated' OR ${mayTakeEscalated(member)})
    AND NOT EXISTS (
      SELECT 1 FROM "AssignmentSkip" k
      WHERE k."caseId" = w."caseId" AND k."userId" = ${member.userId}::uuid
      OFFSET 0
    )
    AND (w.purpose = 'repeat' OR NOT EXISTS (
      SELECT 1 FROM "CaseSight" g
      WHERE g."caseId" = w."caseId" AND g."userId" = ${member.userId}::uuid
      OFFSET 0
    ))
  WINDOW front AS (ORDER BY w.place, w.id ROWS UNBOUNDED PRECEDING)`

/**
 * What was answered before the case was sent back to be labelled afresh is no hindrance. A check case is
 * new to its person, a repeat on purpose not. The window's order is said once more, so that the planner
 * knows it and reads no further than the batch needs.
 */
const notReviewed = (member: Who, window: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT w.* FROM (${window}) w
  WHERE w.purpose = 'repeat' OR NOT EXISTS (
    SELECT 1 FROM "Review" v
    WHERE v."caseId" = w."caseId" AND v."reviewerId" = ${member.userId}::uuid
      AND v."supersedesId" IS NULL AND v.purpose <> 'repeat' AND v."assignmentId" <> w.id
      AND v.round = w.round
    OFFSET 0
  )
  ORDER BY w.place, w.id
  OFFSET 0`

/**
 * Locks up to `n` of them, stepping over what others are taking at this moment. Conditions on `a` are
 * those that may have changed since: PostgreSQL looks at them again once it has the lock.
 */
export const lockFirst = (
  from: Prisma.Sql,
  { free, except, n }: { free: Prisma.Sql; except: Prisma.Sql; n: Prisma.Sql },
): Prisma.Sql => Prisma.sql`
  SELECT w.id, w."caseId", w."suggestionId", w."firstPlace", w."firstId"
  FROM (${from}) w
  JOIN "Assignment" a ON a.id = w.id
  WHERE a.status = 'open' AND ${free} AND w."caseId" NOT IN (${except})
  ORDER BY w.place, w.id
  LIMIT greatest(0, ${n})
  FOR NO KEY UPDATE OF a SKIP LOCKED`

/** Of the reviews wanted of one case the first slot is handed out first; nothing stands before slot 1. */
export const FREE = Prisma.sql`a."leaseUntil" IS NULL AND a."forUserId" IS NULL AND (w.slot = 1 OR NOT EXISTS (
  SELECT 1 FROM "Assignment" b
  WHERE b."caseId" = w."caseId" AND b.slot < w.slot AND b.lane = w.lane AND b.status = 'open'
    AND b."leaseUntil" IS NULL AND b."forUserId" IS NULL
  OFFSET 0
))`
export const CAME_BACK = Prisma.sql`a."leaseUntil" <= now() AND a."forUserId" IS NULL AND (w.slot = 1 OR NOT EXISTS (
  SELECT 1 FROM "Assignment" b
  WHERE b."caseId" = w."caseId" AND b.slot < w.slot AND b.status = 'open'
    AND b."leaseUntil" <= now() AND b."forUserId" IS NULL
  OFFSET 0
))`
export const setAside = ({ userId }: Who): Prisma.Sql => Prisma.sql`
  a."forUserId" = ${userId}::uuid AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())`

import type { Member } from '@/lib/platform/access'
import { PREPARED, type Tx } from '@/lib/platform/database'
import { DEFAULT_SETTINGS } from '../../settings/rules'
import type { ReviewSettings } from '../../settings/schema'
import type { Line, Position } from '../picks/rules'
import { CURSOR_SECONDS, claimLock } from '../rules'

/** A memory of how far a person has come in a line. */
export type Cursor = Position & {
  since: Date
  /** Seconds since it started from the front. */
  age: number
}

/** What a claim has to know before it looks for cases. */
export type Standing = {
  settings: ReviewSettings
  /** The person passed the training, or was let in without. */
  trained: boolean
  /** Unfinished work given to the person, what is due first in front. */
  handouts: string[]
  /** Without those that have grown too old. */
  cursors: Partial<Record<Line, Cursor>>
  hasCheckCases: boolean
  /** The person has answers that are old enough to be asked again. */
  hasRepeats: boolean
  /** Seconds since 1970, by the database. */
  now: number
}

type Row = Omit<Standing, 'settings' | 'cursors'> & {
  settings: ReviewSettings | null
  cursors: (Position & { line: Line; since: string; age: number })[]
}

/** More than these at once are looked at when the first are done. */
const HANDOUTS = 5

/**
 * Makes two windows of one person wait for each other, and reads what they start from. What follows in
 * this transaction is planned once for all projects and people, and reads no table from front to back:
 * a plan made while a project was small would not fit when it has grown.
 */
export async function lockStanding(tx: Tx, member: Member): Promise<Standing> {
  const { projectId, userId } = member
  const [row] = await tx.$queryRaw<Row[]>`${PREPARED}
    SELECT pg_advisory_xact_lock(hashtextextended(${claimLock(userId)}, 0))::text AS locked,
      set_config('plan_cache_mode', 'force_generic_plan', true) AS mode,
      set_config('enable_seqscan', 'off', true) AS scans,
      (SELECT to_jsonb(s) - 'projectId' FROM "ReviewSettings" s
        WHERE s."projectId" = ${projectId}::uuid) AS settings,
      coalesce((SELECT m."trainedAt" IS NOT NULL FROM "Membership" m
        WHERE m."projectId" = ${projectId}::uuid AND m."userId" = ${userId}::uuid), true) AS trained,
      ARRAY(
        SELECT h.id FROM "Handout" h
        WHERE h."projectId" = ${projectId}::uuid AND h."userId" = ${userId}::uuid
          AND h."endedAt" IS NULL AND EXISTS (
            SELECT 1 FROM "Assignment" a
            WHERE a."forUserId" = ${userId}::uuid AND a."projectId" = ${projectId}::uuid
              AND a."handoutId" = h.id AND a.status = 'open'
          )
        ORDER BY h."dueOn" NULLS LAST, h."createdAt", h.id
        LIMIT ${HANDOUTS}
      ) AS handouts,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('line', q.lane, 'place', q.place, 'id', q.id,
          'since', q.since, 'age', extract(epoch FROM now() - q.since)))
        FROM "QueueCursor" q
        WHERE q."projectId" = ${projectId}::uuid AND q."userId" = ${userId}::uuid
          AND q.since > now() - make_interval(secs => ${CURSOR_SECONDS})
      ), '[]') AS cursors,
      EXISTS (SELECT 1 FROM "CheckCase" k WHERE k."projectId" = ${projectId}::uuid)
        AS "hasCheckCases",
      coalesce((
        SELECT min(v."createdAt") <= now() - make_interval(days => coalesce((
          SELECT s."repeatAfterDays" FROM "ReviewSettings" s WHERE s."projectId" = ${projectId}::uuid
        ), ${DEFAULT_SETTINGS.repeatAfterDays}::int))
        FROM "Review" v
        WHERE v."reviewerId" = ${userId}::uuid AND v."projectId" = ${projectId}::uuid
      ), false) AS "hasRepeats",
      extract(epoch FROM now())::float8 AS now`
  if (!row) throw new Error('a SELECT without FROM gives a row')
  const cursors = row.cursors.map(({ line, since, ...at }) => [
    line,
    { ...at, since: new Date(since) },
  ])
  return {
    ...row,
    settings: row.settings ?? DEFAULT_SETTINGS,
    cursors: Object.fromEntries(cursors),
  }
}

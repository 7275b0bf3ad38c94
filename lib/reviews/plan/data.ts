import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { STOCK, WINDOW } from './rules'
import type { WaitingCase } from './schema'

/**
 * Which assignments `a` may be moved in the queue: ordinary work with the suggestion in view that nobody
 * was ever given, nor set aside for. The first five conditions are those of the index of free ones.
 */
export const movable = (projectId: string): Prisma.Sql => Prisma.sql`
  a."projectId" = ${projectId}::uuid AND a.status = 'open' AND a."leaseUntil" IS NULL
    AND a."forUserId" IS NULL AND a."suggestionId" IS NOT NULL
    AND a.mode = 'shown' AND a.purpose = 'ordinary' AND a.frame = 'example'
    AND a."handoutId" IS NULL AND a."bulkId" IS NULL`

/** As if it had never been picked: its turn comes by its random rank. */
export const BACK_IN_RANDOM_ORDER = Prisma.sql`
  lane = 'random', selection = 'random', place = rank, risk = NULL, "aimedAtId" = NULL`

/** Once someone was given a case, the way it was chosen stays for all its reviews. */
const untouched = Prisma.sql`
  NOT EXISTS (
    SELECT 1 FROM "Assignment" b
    WHERE b."caseId" = a."caseId" AND b.id <> a.id AND b.status <> 'withdrawn'
      AND (b.status = 'answered' OR b."leaseUntil" IS NOT NULL OR b."forUserId" IS NOT NULL)
    OFFSET 0
  )`

/**
 * The next cases by random rank and those that are marked, with what runs say of them. Votes of real
 * models and of the stand-in are not mixed: only those of the kind that is shown count, and a failed
 * call is no vote. Looks into indexes case by case (LATERAL, OFFSET 0): the planner would else read every
 * suggestion of the project.
 */
export async function listWaitingCases(projectId: string): Promise<WaitingCase[]> {
  return db.$queryRaw<WaitingCase[]>`
    WITH nearest AS MATERIALIZED (
      (SELECT a.id, a."caseId", a.rank, a.lane, a."suggestionId" FROM "Assignment" a
        WHERE ${movable(projectId)} AND a.lane = 'random'
        ORDER BY a.place, a.id LIMIT ${WINDOW})
      UNION ALL
      (SELECT a.id, a."caseId", a.rank, a.lane, a."suggestionId" FROM "Assignment" a
        WHERE ${movable(projectId)} AND a.lane = 'targeted'
        ORDER BY a.place, a.id LIMIT ${10 * STOCK})
    ), waiting AS MATERIALIZED (
      SELECT a."caseId", min(a.rank) AS rank, bool_or(a.lane = 'targeted') AS marked,
        (min(a."suggestionId"::text))::uuid AS "suggestionId"
      FROM nearest a WHERE ${untouched}
      GROUP BY a."caseId"
    )
    SELECT w."caseId", w.rank, w.marked, label_now(s."labelId") AS "shownId", v.votes
    FROM waiting w
    JOIN "Suggestion" s ON s.id = w."suggestionId"
    JOIN "Run" r ON r.id = s."runId"
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object('labelId', "labelId", 'n', n, 'alike', alike)) AS votes
      FROM (
        SELECT label_now(o."labelId") AS "labelId", count(*) AS n, count(*) FILTER (
          WHERE q."setupId" = r."setupId" AND q."contentHash" = r."contentHash") AS alike
        FROM (
          SELECT o."labelId", o."runId" FROM "Suggestion" o
          WHERE o."caseId" = w."caseId" AND o.status <> 'failed' OFFSET 0
        ) AS o
        JOIN "Run" q ON q.id = o."runId" AND q."standIn" = r."standIn" AND q.purpose = 'label'
        GROUP BY 1
      ) AS said
    ) AS v
    ORDER BY w.rank, w."caseId"`
}

/** Cases with each current category as their final label. */
export async function countFinalLabels(projectId: string): Promise<{ id: string; n: number }[]> {
  return db.$queryRaw<{ id: string; n: number }[]>`
    SELECT c.id, count(f."labelId")::int AS n
    FROM "Category" c
    LEFT JOIN "FinalLabel" f ON f."projectId" = c."projectId" AND f."labelId" = c.id
    WHERE c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
    GROUP BY 1`
}

/** Projects with a set-up in force in which something has happened that a plan depends on. */
export async function listProjectsToPlan(sinceMinutes: number): Promise<string[]> {
  const since = Prisma.sql`now() - make_interval(mins => ${sinceMinutes}::int)`
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM "Project" p
    JOIN "Release" l ON l."projectId" = p.id AND l."endedAt" IS NULL
    WHERE l."releasedAt" > ${since}
      OR EXISTS (
        SELECT 1 FROM "Run" r
        WHERE r."projectId" = p.id AND r.purpose = 'label' AND r."finishedAt" > ${since}
      )
      OR EXISTS (SELECT 1 FROM "Review" v WHERE v."projectId" = p.id AND v."createdAt" > ${since})`
  return rows.map(({ id }) => id)
}

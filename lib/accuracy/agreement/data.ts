import { Prisma } from '@/generated/prisma/client'
import { describeShare } from '@/lib/accuracy/rules'
import type { AgreementInView } from '@/lib/accuracy/schema'
import { db } from '@/lib/platform/database'

type Row = { versionId: string; standIn: boolean; agreed: number; n: number }

/**
 * The newest answers that people gave with a version's suggestion in view, as a FROM and WHERE
 * clause: review `v`, suggestion `s`, its run `r` and set-up `u`. A final label would not do: it does
 * not say whose suggestion was seen. Nor would answers to check cases, which were chosen, or those
 * confirmed in bulk, which nobody read one by one. Grows with the answers people gave, not with the cases.
 *
 * The sample is the part of the random order that has been reviewed: what was picked out of turn, for its
 * risk or to check a bulk confirmation, counts once its turn has come, or the figure would be that of the
 * worst cases, or of the easiest.
 */
export const answersInView = (projectId: string): Prisma.Sql => Prisma.sql`
  FROM "Review" v
  JOIN "Assignment" a ON a.id = v."assignmentId" AND a.mode = 'shown'
  JOIN "Suggestion" s ON s.id = v."suggestionId" AND s.counts
  JOIN "Run" r ON r.id = s."runId" AND r.pool = 'example' AND r.purpose = 'label'
  JOIN "Setup" u ON u.id = r."setupId"
  WHERE v."projectId" = ${projectId}::uuid AND NOT v.undone
    AND v.purpose IN ('ordinary', 'second_opinion') AND v."bulkId" IS NULL
    AND (a.selection = 'random' AND a."bulkId" IS NULL OR a.rank < (${nextInView(projectId)}))
    AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)`

/** Reviews `w` in random order that nobody has given yet. */
const waiting = (projectId: string): Prisma.Sql => Prisma.sql`
  SELECT w.rank FROM "Assignment" w
  WHERE w."projectId" = ${projectId}::uuid AND w.lane = 'random' AND w.status = 'open'
    AND w.mode = 'shown' AND w.purpose = 'ordinary' AND w."bulkId" IS NULL`

/**
 * Up to which rank the random order has been reviewed: the first of those free, in someone's hands, and
 * set aside for someone, each the front of an index or one of few.
 */
const nextInView = (projectId: string): Prisma.Sql => Prisma.sql`
  SELECT coalesce(min(next.rank), 'Infinity') FROM (
    (${waiting(projectId)} AND w."leaseUntil" IS NULL AND w."forUserId" IS NULL
      AND w."suggestionId" IS NOT NULL ORDER BY w.place, w.id LIMIT 1)
    UNION ALL (${waiting(projectId)} AND w."leaseUntil" IS NOT NULL AND w."forUserId" IS NULL)
    UNION ALL (${waiting(projectId)} AND w."forUserId" IS NOT NULL)
  ) AS next`

/**
 * How often people gave the very label that was suggested to them, by version id. "Wrong, unsure
 * which" is disagreement.
 */
export async function listAgreement(projectId: string): Promise<Map<string, AgreementInView[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT u."versionId", r."standIn", count(*)::int AS n,
      count(*) FILTER (WHERE label_now(v."labelId") = label_now(s."labelId"))::int AS agreed
    ${answersInView(projectId)}
    GROUP BY 1, 2
    ORDER BY 1, 2`
  const byVersion = new Map<string, AgreementInView[]>()
  for (const { versionId, standIn, agreed, n } of rows) {
    const own = byVersion.get(versionId) ?? []
    byVersion.set(versionId, [...own, { standIn, ...describeShare(agreed, n) }])
  }
  return byVersion
}

import { describeShare } from '@/lib/accuracy/rules'
import type { AgreementInView } from '@/lib/accuracy/schema'
import { db } from '@/lib/platform/database'

type Row = { versionId: string; standIn: boolean; agreed: number; n: number }

/**
 * How often people gave the very label that a version suggested in view, by version id. Counted from
 * the answers themselves: a final label does not say whose suggestion was seen. "Wrong, unsure which"
 * is disagreement. Grows with the answers people gave, not with the cases.
 */
export async function listAgreement(projectId: string): Promise<Map<string, AgreementInView[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT u."versionId", r."standIn", count(*)::int AS n,
      count(*) FILTER (WHERE v."labelId" = s."labelId")::int AS agreed
    FROM "Review" v
    JOIN "Assignment" a ON a.id = v."assignmentId" AND a.mode = 'shown'
    JOIN "Suggestion" s ON s.id = v."suggestionId" AND s.counts
    JOIN "Run" r ON r.id = s."runId" AND r.pool = 'example'
    JOIN "Setup" u ON u.id = r."setupId"
    WHERE v."projectId" = ${projectId}::uuid AND NOT v.undone
      AND v.purpose IN ('ordinary', 'second_opinion')
      AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)
    GROUP BY 1, 2
    ORDER BY 1, 2`
  const byVersion = new Map<string, AgreementInView[]>()
  for (const { versionId, standIn, agreed, n } of rows) {
    const own = byVersion.get(versionId) ?? []
    byVersion.set(versionId, [...own, { standIn, ...describeShare(agreed, n) }])
  }
  return byVersion
}

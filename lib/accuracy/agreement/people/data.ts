import { describeShare } from '@/lib/accuracy/rules'
import type { AgreementOfPeople } from '@/lib/accuracy/schema'
import { db } from '@/lib/platform/database'
import { LEAST_PAIRS, measureAgreement, type PairCount, withoutOrder } from './rules'

type Row = PairCount & { close: boolean }

/**
 * How often two people gave the same label to the same case, those apart that either of them called
 * close. Answers that stand on current cases of the open pools, none from a bulk confirmation, a check
 * case or a repeat; "wrong, unsure which" names no label to compare.
 */
export async function getAgreementOfPeople(projectId: string): Promise<AgreementOfPeople> {
  const [rows, categories] = await Promise.all([
    db.$queryRaw<Row[]>`
      WITH said AS (
        SELECT v."caseId", v."reviewerId", label_now(v."labelId") AS "labelId", v."closeCall"
        FROM "Review" v
        JOIN "Case" c ON c.id = v."caseId" AND c.pool IN ('example', 'dev') AND c."archivedAt" IS NULL
        WHERE v."projectId" = ${projectId}::uuid AND NOT v.undone AND label_now(v."labelId") IS NOT NULL
          AND v.purpose IN ('ordinary', 'second_opinion') AND v."bulkId" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)
      )
      SELECT one."labelId" AS a, other."labelId" AS b, one."closeCall" OR other."closeCall" AS close,
        count(*)::int AS n
      FROM said one
      JOIN said other ON other."caseId" = one."caseId" AND other."reviewerId" > one."reviewerId"
      GROUP BY 1, 2, 3`,
    db.category.count({ where: { projectId, archivedAt: null } }),
  ])
  const measure = (close: boolean) => {
    const counts = withoutOrder(rows.filter((row) => row.close === close))
    const { pairs, agreed, kappa, ac1 } = measureAgreement(counts, categories)
    return { ...describeShare(agreed, pairs), kappa, ac1 }
  }
  return { closeCalls: measure(true), others: measure(false), leastPairs: LEAST_PAIRS }
}

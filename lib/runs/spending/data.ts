import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { SPENT_FOR, type Spending } from './schema'

type Part = { for: string; cost: bigint; unpriced: number }

/**
 * All that a project has spent on the kind of model that is there now, also on what was deleted or came
 * to nothing since. What the stand-in would have cost is no money and is never added to it.
 */
export async function getSpending({ projectId }: Member): Promise<Spending> {
  const standIn = isStandIn()
  const found = await db.$queryRaw<Part[]>`
    SELECT "for", coalesce(sum(cost), 0)::bigint AS cost,
      (count(*) FILTER (WHERE cost IS NULL))::int AS unpriced
    FROM (
      SELECT CASE
          WHEN purpose = 'judge' THEN 'judges'
          WHEN purpose = 'leave_out' THEN 'effects'
          WHEN standing THEN 'one_by_one'
          WHEN "cellId" IS NOT NULL THEN 'experiments'
          ELSE 'runs'
        END AS "for",
        CASE WHEN price IS NULL AND NOT "standIn" THEN NULL ELSE cost END AS cost
      FROM "Run" WHERE "projectId" = ${projectId}::uuid AND "standIn" = ${standIn}
      UNION ALL
      SELECT 'asides', cost
      FROM "AsideCall" WHERE "projectId" = ${projectId}::uuid AND "standIn" = ${standIn}
    ) AS spent
    GROUP BY "for"`
  const parts = SPENT_FOR.flatMap((name) => {
    const part = found.find((one) => one.for === name)
    return part ? { for: name, cost: Number(part.cost), unpriced: part.unpriced } : []
  })
  return { standIn, total: parts.reduce((sum, { cost }) => sum + cost, 0), parts }
}

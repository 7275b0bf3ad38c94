import { type Database, db } from '@/lib/platform/database'
import { DEFAULT_RULE } from './rules'
import type { GateRule, RuleInForce } from './schema'

/** What a set-up must show to be released; the defaults where nobody has set anything. */
export async function getGateRule(projectId: string, database: Database = db): Promise<GateRule> {
  const row = await database.gateRule.findUnique({
    where: { projectId },
    omit: { projectId: true },
  })
  return row ?? DEFAULT_RULE
}

export async function getRuleInForce(
  projectId: string,
  database: Database = db,
): Promise<RuleInForce> {
  const { minCategoryCases } = await database.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { minCategoryCases: true },
  })
  return { ...(await getGateRule(projectId, database)), minCategoryCases }
}

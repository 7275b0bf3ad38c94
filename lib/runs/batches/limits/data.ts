import type { Run } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { promptContent } from '@/lib/versions/rendering/schema'
import { estimateContent } from '../../estimates/data'
import { computeCost, readPinnedPrice } from '../../prices/rules'

/**
 * Calls, and about so many millionths of a dollar, that batch jobs of a run take together. By the
 * average case, as the run was estimated before it began.
 */
export async function estimateJobs(
  run: Run,
  jobs: readonly { records: number; cases: number }[],
): Promise<{ calls: number; cost: number }> {
  const calls = jobs.reduce((sum, { records }) => sum + records, 0)
  if (run.costLimit === null) return { calls, cost: 0 }
  const setup = await db.setup.findUniqueOrThrow({ where: { id: run.setupId } })
  const { cases, inputTokens, outputTokens } = await estimateContent(
    run.projectId,
    promptContent.parse(run.content),
    { versionId: setup.versionId, pool: run.pool, limit: run.caseLimit },
  )
  const use = { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 }
  const price = readPinnedPrice(run)
  if (price === null) return { calls, cost: 0 }
  const share = jobs.reduce((sum, job) => sum + job.cases, 0) / Math.max(1, cases)
  return { calls, cost: Math.ceil(computeCost(use, price, { batch: true }) * share) }
}

import type { BatchJob } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { findLimitPassed, sayLimitPassed } from '../../limits/rules'
import { estimateJobs } from './data'

/**
 * Before a batch job is given to Bedrock: null where the limits of its run allow that. Where others are
 * under way it waits for what they really cost; else the run pauses.
 */
export async function holdBack(job: BatchJob): Promise<'wait' | 'run paused' | null> {
  const { id, runId } = job
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const costLimit = run.costLimit === null ? null : Number(run.costLimit)
  const limited = { ...run, cost: Number(run.cost), costLimit }
  const underWay = await db.batchJob.findMany({
    where: { runId, jobArn: { not: null }, fetchedAt: null },
  })
  const more = await estimateJobs(run, [job, ...underWay])
  const limit = findLimitPassed(limited, more)
  if (limit === null) return null
  const waits = underWay.length > 0
  const message = waits
    ? 'It waits: what the others really take says if the limits allow it.'
    : null
  await db.batchJob.update({ where: { id }, data: { message } })
  if (waits) return 'wait'
  await db.run.updateMany({
    where: { id: runId, status: 'running' },
    data: { status: 'paused', message: sayLimitPassed(limit, limited, more) },
  })
  return 'run paused'
}

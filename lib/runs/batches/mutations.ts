import type { GetModelInvocationJobCommandOutput } from '@aws-sdk/client-bedrock'
import type { BatchJob } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { type Database, db } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { LABEL_JOB } from '../schema'
import { hasEnded, readStatus } from './rules'

/** Notes what Bedrock says of a job now; gives the row as it then is. */
export async function keepState(
  job: BatchJob,
  said: GetModelInvocationJobCommandOutput,
): Promise<BatchJob> {
  const status = readStatus(said.status) ?? job.status
  return db.batchJob.update({
    where: { id: job.id },
    data: {
      status,
      message: said.message ?? null,
      processed: said.processedRecordCount ?? job.processed,
      succeeded: said.successRecordCount ?? job.succeeded,
      failed: said.errorRecordCount ?? job.failed,
      ...(hasEnded(status) && !job.endedAt ? { endedAt: said.endTime ?? new Date() } : {}),
    },
  })
}

/** Ends a job that Bedrock never had or cannot take, so that it brings nothing. */
export function giveUpJob(id: string, status: 'failed' | 'stopped', message: string | null) {
  const now = new Date()
  const ended = { status, message, endedAt: now, fetchedAt: now }
  return db.batchJob.update({ where: { id }, data: ended })
}

/** Ends a job of which nothing more will be heard; what it has written is fetched next. */
export function endJob(id: string, message: string) {
  const ended = { status: 'failed' as const, message, endedAt: new Date() }
  return db.batchJob.update({ where: { id }, data: ended })
}

/** What batch jobs have left open is asked on demand from now on. */
export async function goOnDemand(runId: string): Promise<void> {
  const restCases = await countLeft(runId)
  await db.run.updateMany({
    where: { id: runId, batchStage: 'jobs' },
    data: { batchStage: 'rest', restCases },
  })
  await enqueue(LABEL_JOB, runId, { runId })
}

/** Cases of a run that have no answer yet. */
export function countLeft(runId: string, tx: Database = db): Promise<number> {
  return tx.runItem.count({ where: { runId, status: 'waiting' } })
}

/** Asking on demand costs double: where much is left, or something went wrong, somebody decides. */
export async function pauseForChoice(runId: string, left: number): Promise<void> {
  await db.run.updateMany({
    where: { id: runId, batchStage: 'jobs', status: { in: ['queued', 'running'] } },
    data: {
      status: 'paused',
      message: `The batch jobs have ended and left ${left} ${left === 1 ? 'case' : 'cases'} without an answer. Ask the rest on demand, or stop.`,
    },
  })
}

/**
 * Asks on demand what the batch jobs of a run have left open, where the run has paused for somebody to
 * decide so. A second time it changes nothing.
 */
export async function askRestOnDemand(member: Member, runId: string): Promise<void> {
  const { projectId } = member
  await db.$transaction(async (tx) => {
    const run = await tx.run.findFirst({
      where: { id: runId, projectId, purpose: 'label' },
      select: { batchStage: true },
    })
    if (!run) throw notFound('This run')
    if (run.batchStage === 'rest') return
    const restCases = await countLeft(runId, tx)
    const freed = await tx.run.updateMany({
      where: { id: runId, batchStage: 'jobs', status: 'paused' },
      data: { batchStage: 'rest', restCases, status: 'running', message: null },
    })
    if (freed.count === 0) {
      throw conflict(
        'The batch jobs of this run are still at work. Wait for their end, or stop it.',
      )
    }
    const detail = { restOnDemand: true }
    const event = { projectId, actorId: member.userId, subjectId: runId, detail }
    await recordAudit(tx, { ...event, action: 'run.continued' })
  })
  await enqueue(LABEL_JOB, runId, { runId })
}

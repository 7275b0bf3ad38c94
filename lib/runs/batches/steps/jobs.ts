import type { BatchJob } from '@/generated/prisma/client'
import { isStandIn } from '@/lib/platform/bedrock'
import { createJob, findJob, getJob, stopJob } from '@/lib/platform/bedrock-jobs'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { beginRun } from '../../labelling/beginning/jobs'
import { endRun } from '../../outcomes/mutations'
import { classifyBatchFailure, FORGOTTEN, isForgotten, isOfAws } from '../failures/rules'
import { writeInput } from '../inputs/jobs'
import { holdBack } from '../limits/jobs'
import { endJob, giveUpJob, keepState } from '../mutations'
import { fetchOutput } from '../outputs/jobs'
import { chooseWait, hasEnded } from '../rules'

/** Until the next try of what did not work. */
const AGAIN_MS = { standIn: 1_000, aws: 60_000 }
const chooseAgain = (): number => (isStandIn() ? AGAIN_MS.standIn : AGAIN_MS.aws)

/** What a batch job is called in the AWS console. */
const nameJob = ({ id }: BatchJob): string => `closecall-${id}`

type Next = number | 'run ended'

/** Takes a batch job as far as it goes now; gives the time in ms until the next step. */
export async function takeStep(id: string, signal: AbortSignal): Promise<Next> {
  let job = await db.batchJob.findUniqueOrThrow({ where: { id } })
  let doing = ''
  try {
    const stopping = await isStopping(job.runId)
    if (job.jobArn === null && stopping) {
      // It may have been made by a worker that was killed before it heard so.
      doing = 'Looking for the batch job'
      const jobArn = job.uploadedAt === null ? null : await findJob(nameJob(job))
      if (jobArn === null) {
        await giveUpJob(id, 'stopped', 'Stopped before Bedrock had it.')
        return 0
      }
      job = await keepArn(job, jobArn)
    }
    if (job.uploadedAt === null) {
      const begun = await beginRun(job.runId)
      if (!begun) return 'run ended'
      doing = 'Writing the records to S3'
      await writeInput(begun, job, signal)
    }
    if (job.jobArn === null) {
      doing = 'Creating the batch job'
      const submitted = await submit(job)
      if (typeof submitted !== 'object') return submitted
      job = submitted
    }
    doing = 'Asking for the batch job'
    job = await follow(job, stopping)
    if (!hasEnded(job.status)) {
      return chooseWait(Date.now() - (job.submittedAt ?? job.createdAt).getTime(), isStandIn())
    }
    const begun = await beginRun(job.runId)
    if (!begun) return 'run ended'
    doing = 'Fetching the answers from S3'
    await fetchOutput(begun, { ...job, jobArn: job.jobArn ?? '' }, signal)
    return 0
  } catch (error) {
    if (signal.aborted) throw error
    return explain(job, error, doing)
  }
}

async function isStopping(runId: string): Promise<boolean> {
  return (await db.run.count({ where: { id: runId, status: 'stopping' } })) > 0
}

/**
 * Gives the job to Bedrock. A worker that is killed before it hears the answer leaves none of it
 * behind, so a job of this name is looked for first, and the token makes a repeat safe besides. Gives
 * the time until the next step where it must not be made now.
 */
async function submit(job: BatchJob): Promise<BatchJob | Next> {
  const { modelId } = await db.run.findUniqueOrThrow({
    where: { id: job.runId },
    select: { modelId: true },
  })
  const name = nameJob(job)
  const { id: token, roleArn, inputUri, outputUri } = job
  const hours = env().CLOSECALL_BATCH_HOURS
  const made = await findJob(name)
  if (made !== null) return keepArn(job, made)
  const held = await holdBack(job)
  if (held !== null) return held === 'wait' ? chooseAgain() : 'run ended'
  // Writing the records may have taken long: whoever has stopped the run pays for nothing more.
  if (await isStopping(job.runId)) return 0
  const jobArn = await createJob({ token, name, modelId, roleArn, inputUri, outputUri, hours })
  return keepArn(job, jobArn)
}

function keepArn({ id }: BatchJob, jobArn: string): Promise<BatchJob> {
  return db.batchJob.update({
    where: { id },
    data: { jobArn, status: 'submitted', submittedAt: new Date(), message: null },
  })
}

async function follow(job: BatchJob, stopping: boolean): Promise<BatchJob> {
  if (hasEnded(job.status)) return job
  const arn = job.jobArn ?? ''
  const now = await keepState(job, await getJob(arn))
  if (!stopping || hasEnded(now.status) || now.status === 'stopping') return now
  await stopJob(arn)
  return keepState(now, await getJob(arn))
}

/** Whoever looks at the run reads what is in the way; what can pass is tried again. */
async function explain(job: BatchJob, error: unknown, doing: string): Promise<Next> {
  if (!isOfAws(error)) {
    const message = 'Something unexpected happened: the log says more. It is tried again.'
    await db.batchJob.update({ where: { id: job.id }, data: { message } })
    throw error
  }
  const { lasts, message } = classifyBatchFailure(error, doing)
  log.warn({ error, runId: job.runId, part: job.part }, 'a batch job does not go on')
  const made = await db.batchJob.findUniqueOrThrow({ where: { id: job.id } })
  if (made.jobArn !== null && isForgotten(error)) {
    await endJob(job.id, FORGOTTEN)
    return 0
  }
  if (!lasts || made.jobArn !== null) {
    await db.batchJob.update({ where: { id: job.id }, data: { message } })
    return chooseAgain()
  }
  await giveUpJob(job.id, 'failed', message)
  const others = await db.batchJob.count({
    where: { runId: job.runId, jobArn: { not: null } },
  })
  if (others > 0) return 0
  // Nothing is with Bedrock yet: all the other parts would fail the same way.
  await endRun(job.runId, { status: 'failed', message })
  return 'run ended'
}

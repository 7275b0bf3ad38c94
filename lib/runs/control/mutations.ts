import type { Prisma, Run } from '@/generated/prisma/client'
import type { RunPurpose } from '@/generated/prisma/enums'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { findLimitReached, LIMIT_WORDS } from '../limits/rules'
import { isPriced } from '../prices/rules'
import { LABEL_JOB, type ResumeInput, type RunStatus } from '../schema'
import { countMissingTests } from '../test-runs/mutations'

/** What runs that a person starts by themselves are for: others end with what they are part of. */
const OWN_WORK = { in: ['label', 'judge'] satisfies RunPurpose[] }

const among = (...statuses: RunStatus[]): Prisma.RunWhereInput => ({ status: { in: statuses } })

type Change = {
  action: 'run.paused' | 'run.resumed' | 'run.stopped'
  /** What becomes of the run by what it is: those that it is not change nothing. */
  to: { where: Prisma.RunWhereInput; data: Prisma.RunUpdateManyMutationInput }[]
  /** Done first in the same transaction; it throws where the change must not be made. */
  prepare?: (tx: Tx) => Promise<void>
}

/** Moves a run on, on record; where it is in another state already, nothing changes. */
async function changeRun(member: Member, runId: string, change: Change) {
  const { projectId, userId } = member
  const { action, to, prepare } = change
  await db.$transaction(async (tx) => {
    const own = { id: runId, projectId, purpose: OWN_WORK, standing: false }
    if ((await tx.run.count({ where: own })) === 0) throw notFound('This run')
    await prepare?.(tx)
    let changed = 0
    for (const { where, data } of to) {
      const { count } = await tx.run.updateMany({ where: { AND: [own, where] }, data })
      changed += count
    }
    if (changed === 0) return
    await recordAudit(tx, { projectId, actorId: userId, action, subjectId: runId })
  })
  // Where no worker has it in hand, the next one goes on with it or ends it.
  await enqueue(LABEL_JOB, runId, { runId })
}

/**
 * Nothing more is asked until it is resumed; what is on its way is kept. Throws `conflict` where batch
 * jobs are at work: Bedrock can stop them, not hold them.
 */
export async function pauseRun(member: Member, runId: string): Promise<void> {
  const inJobs = { id: runId, projectId: member.projectId, batchStage: 'jobs' } as const
  if ((await db.run.count({ where: inJobs })) > 0) {
    throw conflict('Batch jobs can’t be paused: Bedrock can only stop them. Nothing was changed.')
  }
  await changeRun(member, runId, {
    action: 'run.paused',
    to: [
      {
        where: among('queued', 'running'),
        data: { status: 'paused', message: `Paused by ${member.name}.` },
      },
    ],
  })
}

/**
 * Goes on with a paused run, under the limits it had or under those that are named, or with one that
 * failed, whose cause somebody has mended meanwhile: what it left open is asked. Throws `conflict` where
 * a limit is reached that was not raised, as it would pause again at once, and where a run that failed
 * has been replaced, or has nothing left to ask.
 */
export async function resumeRun(member: Member, runId: string, limits: ResumeInput): Promise<void> {
  const run = await db.run.findFirst({
    where: { id: runId, projectId: member.projectId, purpose: OWN_WORK },
  })
  if (!run) throw notFound('This run')
  const { callLimit = run.callLimit, costLimit = run.costLimit } = limits
  if (costLimit !== null && !isPriced(run)) {
    throw conflict(
      `The price of ${run.modelId} was not known when this run was made, so a budget in dollars could stop nothing. Take the budget away, and limit the calls instead.`,
    )
  }
  const reached = findLimitReached({
    calls: run.calls,
    callLimit,
    cost: Number(run.cost),
    costLimit: costLimit === null ? null : Number(costLimit),
  })
  if (run.status === 'failed') {
    if (reached !== null) throw conflict(LIMIT_WORDS[reached])
    await takeUpFailed(member, run, { callLimit, costLimit })
    return
  }
  // One of batch jobs goes on where a limit stands before the next of them.
  const isOver = (await db.batchJob.count({ where: { runId, fetchedAt: null } })) === 0
  if (run.batchStage === 'jobs' && isOver) {
    throw conflict('Its batch jobs have ended: ask the rest on demand, or stop the run.')
  }
  if (reached !== null) throw conflict(LIMIT_WORDS[reached])
  await changeRun(member, runId, {
    action: 'run.resumed',
    to: [
      {
        where: among('paused'),
        data: { status: 'running', message: null, callLimit, costLimit },
      },
    ],
  })
}

function takeUpFailed(
  member: Member,
  run: Run,
  limits: Pick<Prisma.RunUpdateManyMutationInput, 'callLimit' | 'costLimit'>,
): Promise<void> {
  return changeRun(member, run.id, {
    action: 'run.resumed',
    to: [
      {
        where: among('failed'),
        data: { status: 'queued', message: null, finishedAt: null, ...limits },
      },
    ],
    prepare: async (tx) => {
      if (run.cellId !== null) {
        throw conflict('It is part of an experiment: go on with that, on its own page.')
      }
      const left = await tx.runItem.count({ where: { runId: run.id, status: 'waiting' } })
      if (left === 0) throw conflict('It has nothing left to ask. Start a new run.')
      if (run.pool === 'test') await checkTestIsMissing(tx, run)
      await discardUnmade(tx, run.id)
    },
  })
}

/** Of a set-up there are as many test runs as the gate asks for; another may have been made since. */
async function checkTestIsMissing(tx: Tx, { projectId, setupId }: Run): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Setup" WHERE id = ${setupId}::uuid FOR NO KEY UPDATE`
  if ((await countMissingTests(tx, projectId, setupId)) === 0) {
    throw conflict('Another run on the test pool has taken its place: it is done once.')
  }
}

/** Batch jobs that Bedrock never had are planned anew, as whatever they were refused for may have changed. */
async function discardUnmade(tx: Tx, runId: string): Promise<void> {
  if ((await tx.batchJob.count({ where: { runId, jobArn: { not: null } } })) > 0) return
  await tx.batchJob.deleteMany({ where: { runId } })
  await tx.batchRecord.deleteMany({ where: { runId } })
}

/**
 * Ends a run: calls on their way get some seconds, and what they bring is kept. One that nobody is at
 * work on ends at once: no worker has to be free for it.
 */
export function stopRun(member: Member, runId: string): Promise<void> {
  const message = `Stopped by ${member.name}.`
  return changeRun(member, runId, {
    action: 'run.stopped',
    to: [
      {
        where: {
          ...among('queued', 'paused'),
          batchJobs: { every: { fetchedAt: { not: null } } },
        },
        data: { status: 'stopped', message, finishedAt: new Date() },
      },
      {
        where: among('queued', 'running', 'paused'),
        data: { status: 'stopping', message },
      },
    ],
  })
}

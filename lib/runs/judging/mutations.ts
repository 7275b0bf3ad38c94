import { Prisma } from '@/generated/prisma/client'
import { getRedaction } from '@/lib/cases/redaction/data'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { isStandIn } from '@/lib/platform/bedrock'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { findNoModel, findWindow } from '../models/rules'
import { checkBudget } from '../pinning/data'
import { findOrMakeSetup } from '../pinning/mutations'
import { findPrices } from '../prices/data'
import { isEnded } from '../rules'
import { LABEL_JOB, type RunStatus, type StartedRun } from '../schema'
import { getJudgedRun, judgeable } from './data'
import { contentOfJudge, prepareJudging } from './prompts/rules'
import type { StartJudgingInput } from './schema'

/** Long enough to write a million items. */
const START_TIMEOUT_MS = 120_000

/**
 * Lets a second model rate the suggestions of an ended run on dev or the example pool: a run of its own,
 * over the suggestions with a valid label. Throws not-found, `forbidden` for the test pool, `conflict`
 * while the run is at work or is being judged already, `invalid` with what to do.
 */
export async function startJudging(
  member: Member,
  judgedRunId: string,
  { modelId, versionId, ...limits }: StartJudgingInput,
): Promise<StartedRun> {
  const { projectId } = member
  await findOrMakeSetup(projectId, versionId)
  const id = await db.$transaction(
    async (tx) => {
      // Two who start one at once: the second waits here, and then sees that of the first.
      await tx.$queryRaw`SELECT 1 FROM "Run" WHERE id = ${judgedRunId}::uuid FOR NO KEY UPDATE`
      const judged = await getJudgedRun(projectId, judgedRunId, tx)
      if (!isEnded(judged.status)) {
        throw conflict(
          'This run is still at work. Let it end, or stop it, before a second model judges it.',
        )
      }
      const unended: RunStatus[] = ['queued', 'running', 'paused', 'stopping']
      if ((await tx.run.count({ where: { judgedRunId, status: { in: unended } } })) > 0) {
        throw conflict('A second model is judging this run already. Let it end, or stop it first.')
      }
      const setupId = await findOrMakeSetup(projectId, versionId, tx)
      const run = { judgedRunId, pool: judged.pool, setupId, versionId, modelId, ...limits }
      return insertJudgingRun(tx, member, run)
    },
    { isolationLevel: 'ReadCommitted', timeout: START_TIMEOUT_MS },
  )
  await enqueue(LABEL_JOB, id, { runId: id })
  return { id }
}

type NewJudging = Omit<StartJudgingInput, 'versionId'> & {
  versionId: string
  judgedRunId: string
  pool: 'example' | 'dev'
  setupId: string
}

async function insertJudgingRun(tx: Tx, member: Member, run: NewJudging): Promise<string> {
  const { judgedRunId, versionId, modelId, pool, setupId, costLimit, callLimit } = run
  const { projectId, userId } = member
  const standIn = isStandIn()
  const noModel = findNoModel(modelId, standIn)
  if (noModel !== null) throw invalid(noModel)
  const content = contentOfJudge(await getPromptContent(projectId, versionId, tx), modelId)
  if (content.categories.length < 2) {
    throw invalid('The version needs at least two categories. Choose another one to judge by.')
  }
  try {
    prepareJudging(content, findWindow(modelId))
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message)
    throw error
  }
  if (costLimit) await checkBudget(tx, projectId, content)
  const { price } = await findPrices(projectId, content.model, tx)
  const id = newId()
  await tx.run.create({
    data: {
      ...{ id, projectId, setupId, pool, judgedRunId, purpose: 'judge', modelId, standIn },
      ...{ content, contentHash: contentHash(content), costLimit, callLimit },
      redaction: await getRedaction(projectId, tx),
      price: price ?? Prisma.DbNull,
      createdById: userId,
    },
  })
  const items = await tx.$executeRaw`
    INSERT INTO "RunItem" ("runId", "caseId", position, counts)
    SELECT ${id}::uuid, s."caseId", i.position, s.counts
    FROM "Suggestion" s
    JOIN "RunItem" i ON i."runId" = s."runId" AND i."caseId" = s."caseId"
    WHERE ${judgeable(judgedRunId)}`
  if (items === 0) {
    throw invalid('This run has no suggestion with a valid label: there is nothing to judge.')
  }
  await tx.run.update({ where: { id }, data: { items } })
  const detail = { judgedRunId, versionId, modelId, items }
  await recordAudit(tx, {
    ...{ projectId, actorId: userId, action: 'run.judging_started', subjectId: id, detail },
  })
  return id
}

import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { isStandIn } from '@/lib/platform/bedrock'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { LABEL_JOB } from '../../schema'
import { insertPartRun } from '../mutations'
import { EFFECTS_JOB } from '../schema'
import { findObstacle, mustBeginAnew } from './rules'

/**
 * Goes on with a study that was stopped or failed: finished parts stay as they are, and of the others
 * the answers that came, over the same cases. Throws not-found, and `conflict` where it can't be gone
 * on with.
 */
export async function continueEffects(member: Member, studyId: string): Promise<void> {
  const { projectId, userId } = member
  const baseRunId = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "EffectStudy" WHERE id = ${studyId}::uuid FOR UPDATE`
    const study = await tx.effectStudy.findFirst({
      where: { id: studyId, projectId },
      include: { baseRun: true, parts: { include: { run: true } } },
    })
    if (!study) throw notFound('This look at the examples')
    const { versionId, baseRun, createdAt } = study
    const current =
      baseRun.contentHash === contentHash(await getPromptContent(projectId, versionId, tx))
    const obstacle = findObstacle(
      {
        ...{ status: study.status, current, standIn: baseRun.standIn },
        baseStatus: baseRun.status,
      },
      isStandIn(),
    )
    if (obstacle) throw conflict(obstacle)
    if (await tx.effectStudy.count({ where: { versionId, createdAt: { gt: createdAt } } })) {
      throw conflict('Someone has begun a new look at these examples since.')
    }
    for (const { id, run } of study.parts) {
      if (!run || run.status === 'done') continue
      if (mustBeginAnew(run)) await beginAnew(tx, baseRun.id, id, run.id)
      else await takeUp(tx, run.id)
    }
    await tx.effectStudy.update({
      where: { id: studyId },
      data: { status: 'queued', message: null, finishedAt: null },
    })
    const actor = { projectId, actorId: userId }
    await recordAudit(tx, { ...actor, action: 'effects.continued', subjectId: studyId })
    return baseRun.id
  })
  await enqueue(LABEL_JOB, baseRunId, { runId: baseRunId })
  await enqueue(EFFECTS_JOB, studyId, { studyId })
}

async function takeUp(tx: Tx, runId: string): Promise<void> {
  await tx.run.update({
    where: { id: runId },
    data: { status: 'queued', message: null, finishedAt: null },
  })
}

/** A new run of the part over the same cases. */
async function beginAnew(tx: Tx, baseRunId: string, partId: string, formerId: string) {
  const runId = await insertPartRun(tx, baseRunId, partId)
  const items = await tx.$executeRaw`
    INSERT INTO "RunItem" ("runId", "caseId", position)
    SELECT ${runId}::uuid, "caseId", position FROM "RunItem" WHERE "runId" = ${formerId}::uuid`
  await tx.run.update({ where: { id: runId }, data: { items } })
}

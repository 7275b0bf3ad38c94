import { Prisma, type Run } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { DEFAULT_LIMIT } from '../limits/rules'
import { AT_WORK, findOwnRun } from '../own/data'
import { findOrMakeSetup } from '../pinning/mutations'
import { readPinned } from '../redaction/rules'
import { LABEL_JOB, type RunStatus } from '../schema'
import { insertRun } from '../starting/mutations'
import { leaveOut, listParts, tokensOf } from './rules'
import { EFFECTS_JOB, type StartEffectsInput } from './schema'

const UNENDED: RunStatus[] = ['queued', 'running', 'stopping']

/** Long enough to write the items of a first run of a large pool. */
const START_TIMEOUT_MS = 120_000

/**
 * Begins a study of what the examples in use do: the version's own finished run on dev, or a new one,
 * is the base, and the labelled cases of it are asked again without some examples at a time. The
 * cases are settled here; a label that comes later changes none of it. Throws not-found, `conflict`
 * while one is under way, `invalid` with what to do first.
 */
export async function startEffects(
  member: Member,
  ref: string,
  { unit, limit }: StartEffectsInput,
): Promise<{ id: string }> {
  const { projectId } = member
  const { id: versionId } = await findVersionByRef(projectId, ref)
  await findOrMakeSetup(projectId, versionId)
  const { id, baseRunId } = await db.$transaction(
    async (tx) => {
      if (await tx.effectStudy.count({ where: { versionId, status: { in: UNENDED } } })) {
        throw conflict('A look at these examples is under way. Stop it first, or wait for its end.')
      }
      const content = await getPromptContent(projectId, versionId, tx)
      const parts = listParts(content, unit)
      if (parts.length === 0) {
        throw invalid('This version has no example in use. Add one, or switch one on.')
      }
      const base = await findOwnRun(projectId, versionId, contentHash(content), tx, AT_WORK)
      const setupId = await findOrMakeSetup(projectId, versionId, tx)
      const made = { setupId, versionId, pool: 'dev', limit: DEFAULT_LIMIT } as const
      const baseRunId = base?.id ?? (await insertRun(tx, member, made))
      const study = { id: newId(), projectId, versionId, unit, baseRunId, caseLimit: limit }
      const rows = parts.map((exampleIds, position) => ({
        ...{ id: newId(), position, exampleIds },
        tokens: tokensOf(content, exampleIds),
      }))
      await tx.effectStudy.create({
        data: { ...study, createdById: member.userId, parts: { create: rows } },
      })
      await makeFirstRun(tx, study, rows[0]?.id ?? '')
      await recordAudit(tx, {
        projectId,
        actorId: member.userId,
        action: 'effects.started',
        subjectId: study.id,
        detail: { versionId, unit, parts: parts.length },
      })
      return study
    },
    // The content is read in several statements: a save in between must not mix two states.
    { isolationLevel: 'RepeatableRead', timeout: START_TIMEOUT_MS },
  )
  await enqueue(LABEL_JOB, baseRunId, { runId: baseRunId })
  await enqueue(EFFECTS_JOB, id, { studyId: id })
  return { id }
}

type NewStudy = { id: string; baseRunId: string; caseLimit: number | null }

/** The run without the first part settles which cases are asked: those of the base that can tell anything. */
async function makeFirstRun(tx: Tx, study: NewStudy, partId: string): Promise<void> {
  const runId = await insertPartRun(tx, study.baseRunId, partId)
  const items = await tx.$executeRaw`
    INSERT INTO "RunItem" ("runId", "caseId", position)
    SELECT ${runId}::uuid, i."caseId", i.position
    FROM "RunItem" i
    JOIN "FinalLabel" f ON f."caseId" = i."caseId"
    JOIN "Case" c ON c.id = i."caseId" AND c.pool = 'dev' AND c."archivedAt" IS NULL
    WHERE i."runId" = ${study.baseRunId}::uuid AND i.counts
    ORDER BY i.position
    LIMIT ${study.caseLimit}`
  if (items === 0) {
    throw invalid(
      'None of the cases of dev that this version was tried on has a final label, so nothing could be told from them. Review cases of dev first.',
    )
  }
  await tx.run.update({ where: { id: runId }, data: { items } })
}

/**
 * The run without one part, over the cases of the first; for the job. The part is locked, so that two
 * workers make one run of it.
 */
export async function makePartRun(study: NewStudy, partId: string): Promise<string> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "LeftOut" WHERE id = ${partId}::uuid FOR UPDATE`
    const part = await tx.leftOut.findUniqueOrThrow({ where: { id: partId } })
    if (part.runId) return part.runId
    const runId = await insertPartRun(tx, study.baseRunId, partId)
    const items = await tx.$executeRaw`
      INSERT INTO "RunItem" ("runId", "caseId", position)
      SELECT ${runId}::uuid, i."caseId", i.position
      FROM "LeftOut" p JOIN "RunItem" i ON i."runId" = p."runId"
      WHERE p."studyId" = ${study.id}::uuid AND p.position = 0`
    await tx.run.update({ where: { id: runId }, data: { items } })
    return runId
  })
}

/** Without items yet: the caller writes them. A former run of the part is no longer of the study. */
export async function insertPartRun(tx: Tx, baseRunId: string, partId: string): Promise<string> {
  const [base, part] = await Promise.all([
    tx.run.findUniqueOrThrow({ where: { id: baseRunId } }),
    tx.leftOut.findUniqueOrThrow({ where: { id: partId } }),
  ])
  const content = leaveOut(promptContent.parse(base.content), part.exampleIds)
  const { projectId, setupId, modelId, standIn, price, createdById }: Run = base
  const like = { projectId, setupId, modelId, standIn, createdById }
  const { id } = await tx.run.create({
    data: {
      ...{ ...like, id: newId(), purpose: 'leave_out', pool: 'dev' },
      ...{ content, contentHash: contentHash(content), redaction: readPinned(base.redaction) },
      price: price ?? Prisma.DbNull,
    },
  })
  await tx.leftOut.update({ where: { id: partId }, data: { runId: id } })
  return id
}

/** Ends a study between calls; what was asked is kept. A second stop changes nothing. */
export async function stopEffects(member: Member, studyId: string): Promise<void> {
  const { projectId, userId, name } = member
  await db.$transaction(async (tx) => {
    const study = await tx.effectStudy.findFirst({ where: { id: studyId, projectId } })
    if (!study) throw notFound('This look at the examples')
    const message = `Stopped by ${name}.`
    const { count } = await tx.effectStudy.updateMany({
      where: { id: studyId, status: { in: ['queued', 'running'] } },
      data: { status: 'stopping', message },
    })
    if (count === 0) return
    await tx.run.updateMany({
      where: { leftOut: { studyId }, status: { in: ['queued', 'running'] } },
      data: { status: 'stopping', message },
    })
    const actor = { projectId, actorId: userId }
    await recordAudit(tx, { ...actor, action: 'effects.stopped', subjectId: studyId })
  })
  // Where no worker has it in hand, the next one ends it.
  await enqueue(EFFECTS_JOB, studyId, { studyId })
}

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/** For the job: ends a study, once, and what is left of its runs with it. */
export async function endEffects(studyId: string, { status, message }: End): Promise<void> {
  await db.$transaction(async (tx) => {
    const ended = { finishedAt: new Date(), ...(message === undefined ? {} : { message }) }
    await tx.effectStudy.updateMany({
      where: { id: studyId, status: { in: UNENDED } },
      data: { status, ...ended },
    })
    await tx.run.updateMany({
      where: { leftOut: { studyId }, status: { in: UNENDED } },
      data: { status: 'stopped', finishedAt: ended.finishedAt },
    })
  })
}

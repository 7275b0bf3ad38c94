import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import type { Tx } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'

/** What has happened to a run, which one like it does not take over. */
const NOTHING_YET = {
  status: 'queued',
  message: null,
  done: 0,
  failed: 0,
  calls: 0,
  retries: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cost: 0,
  doubtful: 0,
  restCases: 0,
  unreachableSince: null,
  busySince: null,
  nextTryAt: null,
  startedAt: null,
  finishedAt: null,
  workingSince: null,
  workedMs: 0,
} satisfies Prisma.RunUncheckedUpdateInput

/**
 * A run like this one: the same set-up with the same content over the same cases, whatever the version
 * says since. `of`: what it is one of, where that is something else. The caller enqueues it.
 */
export async function insertAgain(
  tx: Tx,
  member: Member,
  runId: string,
  of: { seriesId?: string | null; cellId?: string } = {},
): Promise<string> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId } })
  const { createdAt: _, content, redaction, price, ...like } = run
  const { id } = await tx.run.create({
    data: {
      ...like,
      ...NOTHING_YET,
      batchStage: like.batchStage === null ? null : 'jobs',
      ...{ id: newId(), createdById: member.userId },
      content: content as Prisma.InputJsonValue,
      price: price ?? Prisma.DbNull,
      redaction: redaction === null ? Prisma.DbNull : (redaction as Prisma.InputJsonValue),
      ...of,
    },
  })
  await tx.$executeRaw`
    INSERT INTO "RunItem" ("runId", "caseId", position, counts)
    SELECT ${id}::uuid, "caseId", position, counts FROM "RunItem" WHERE "runId" = ${runId}::uuid`
  const { projectId, userId } = member
  await recordAudit(tx, {
    ...{ projectId, actorId: userId, action: 'run.started', subjectId: id },
    detail: { like: runId, pool: like.pool, items: like.items },
  })
  return id
}

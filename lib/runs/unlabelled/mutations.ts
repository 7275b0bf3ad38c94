import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, conflict } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { findReleasedSetup, findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { insertRun } from '../mutations'
import { LABEL_JOB } from '../schema'
import { findLabelling, labelledBy } from './data'
import type { StartedLabelling } from './schema'

/**
 * Lets the released version label what it has not labelled yet of the example pool, so that reviewers
 * see its suggestions. While such a run is under way it is that one; a second request makes no second
 * run. Throws not-found, `conflict` for a version that is not released, and what starting a run throws.
 */
export async function labelExamplePool(member: Member, ref: string): Promise<StartedLabelling> {
  const { projectId } = member
  const { id: versionId, number } = await findVersionByRef(projectId, ref)
  const runId = await db.$transaction(
    async (tx) => {
      // Two requests at once: the second waits here and sees the first one's run.
      await tx.$queryRaw`SELECT 1 FROM "Version" WHERE id = ${versionId}::uuid FOR NO KEY UPDATE`
      const released = await findReleasedSetup(projectId, tx)
      if (released?.versionId !== versionId) {
        throw conflict(`v${number} is not released any more. Nothing was started.`)
      }
      const underWay = await findLabelling(versionId, tx)
      if (underWay) return underWay.id
      const { setupId } = released
      const hash = contentHash(await getPromptContent(projectId, versionId, tx))
      const [left] = await tx.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM "Case"
        WHERE "projectId" = ${projectId}::uuid AND pool = 'example' AND "archivedAt" IS NULL
          AND "quarantinedAt" IS NULL
          AND id NOT IN (${labelledBy({ setupId, hash, pool: 'example' })})`
      if (!left || left.n === 0) return null
      const rest = { pool: 'example', limit: null, onlyUnlabelled: true } as const
      return insertRun(tx, member, { setupId, versionId, ...rest })
    },
    { timeout: START_TIMEOUT_MS },
  )
  if (runId !== null) await enqueue(LABEL_JOB, runId, { runId })
  return { runId, problem: null }
}

/** Long enough to write a million items. */
const START_TIMEOUT_MS = 120_000

/** The same right after a release, which stands whatever becomes of the run: then `problem` says why. */
export async function labelAfterRelease(member: Member, ref: string): Promise<StartedLabelling> {
  try {
    return await labelExamplePool(member, ref)
  } catch (error) {
    if (error instanceof AppError) return { runId: null, problem: error.message }
    throw error
  }
}

/**
 * Ends the labelling of versions that are not released any more, as when a release is taken back at
 * once: what they say is shown to nobody. What they have labelled is kept.
 */
export async function stopFormerLabelling({ projectId }: Member): Promise<void> {
  const released = await findReleasedSetup(projectId)
  const former = {
    projectId,
    onlyUnlabelled: true,
    status: { in: ['queued', 'running'] },
    ...(released ? { setupId: { not: released.setupId } } : {}),
  } satisfies Prisma.RunWhereInput
  const runs = await db.run.findMany({ where: former, select: { id: true } })
  if (runs.length === 0) return
  const message = 'Stopped: its version is not released any more.'
  await db.run.updateMany({ where: former, data: { status: 'stopping', message } })
  // Where no worker has one in hand, the next one ends it.
  for (const { id } of runs) await enqueue(LABEL_JOB, id, { runId: id })
}

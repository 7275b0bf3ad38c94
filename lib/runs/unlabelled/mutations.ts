import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, conflict } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { findReleasedSetup, findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { LABEL_JOB } from '../schema'
import { insertRun } from '../starting/mutations'
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

const NOTHING_STARTED: StartedLabelling = { runId: null, problem: null }

/**
 * What follows a release: the labelling of what it replaced ends, and where asked for, its own begins.
 * The release stands whatever becomes of these: `problem` says what went wrong. A server that ends in
 * between leaves the released version's page, which offers to label.
 */
export async function followRelease(
  member: Member,
  { version, label }: { version: string; label: boolean },
): Promise<StartedLabelling> {
  const stopping = await telling(STOPPING, async () => {
    await stopFormerLabelling(member)
    return NOTHING_STARTED
  })
  if (!label) return stopping
  const started = await telling(STARTING, () => labelExamplePool(member, version))
  return { ...started, problem: started.problem ?? stopping.problem }
}

const STOPPING = {
  failed: 'The version is released. Its predecessor goes on labelling',
  remedy: 'stop that run on the Runs page',
}
const STARTING = {
  failed: 'The version is released. The example pool is not being labelled',
  remedy: 'start it on this page',
}

/** What we can explain is told in its own words; the rest goes into the log. */
async function telling(
  { failed, remedy }: { failed: string; remedy: string },
  work: () => Promise<StartedLabelling>,
): Promise<StartedLabelling> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) return { runId: null, problem: `${failed}: ${error.message}` }
    log.error({ error }, failed)
    return { runId: null, problem: `${failed}, because of a problem on our side: ${remedy}.` }
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
    status: { in: ['queued', 'running', 'paused'] },
    ...(released ? { setupId: { not: released.setupId } } : {}),
  } satisfies Prisma.RunWhereInput
  const runs = await db.run.findMany({ where: former, select: { id: true } })
  if (runs.length === 0) return
  const message = 'Stopped: its version is not released any more.'
  await db.run.updateMany({ where: former, data: { status: 'stopping', message } })
  // Where no worker has one in hand, the next one ends it.
  for (const { id } of runs) await enqueue(LABEL_JOB, id, { runId: id })
}

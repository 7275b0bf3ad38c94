import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { getGateRule } from '@/lib/versions/gate/data'
import { runsWanted } from '@/lib/versions/gate/rules'
import { departsFromVersion } from '@/lib/versions/setups/rules'
import { LABEL_JOB } from '../schema'
import { insertRun } from '../starting/mutations'

/** Long enough to write a million items. */
const START_TIMEOUT_MS = 120_000

/**
 * Labels the whole test pool with a frozen version as it is: once, or twice in the same way where
 * the release gate asks for two runs. Runs that failed or were stopped are made again; those that are
 * done or under way are not. The stand-in and real models are tested apart. Gives the first new run.
 */
export async function startTestRun(
  member: Member,
  { setupId }: { setupId: string },
): Promise<{ id: string }> {
  const { first, repeats } = await db.$transaction(
    async (tx) => {
      // Two people at once: the second waits here and then, reading committed rows, sees the runs.
      await tx.$queryRaw`SELECT 1 FROM "Setup" WHERE id = ${setupId}::uuid FOR NO KEY UPDATE`
      const setup = await tx.setup.findFirst({
        where: { id: setupId, projectId: member.projectId },
        include: {
          version: { select: { number: true, packSize: true, similarExamples: true } },
        },
      })
      if (!setup) throw notFound('This set-up')
      if (setup.version.number === null) {
        throw conflict('A draft has no test score. Freeze the version first.')
      }
      if (setup.mode !== 'on_demand' || departsFromVersion(setup, setup.version)) {
        throw conflict(
          `Only v${setup.version.number} as it is has a test score, and this set-up departs from it. Make a version of the set-up to test it.`,
        )
      }
      const missing = await countMissingTests(tx, member.projectId, setupId)
      if (missing === 0) {
        throw conflict(`v${setup.version.number} has been run on the test pool: it is done once.`)
      }
      const run = { setupId, versionId: setup.versionId, pool: 'test', limit: null } as const
      const first = await insertRun(tx, member, run)
      const repeats: string[] = []
      while (repeats.length < missing - 1) repeats.push(await insertRun(tx, member, run))
      return { first, repeats }
    },
    { isolationLevel: 'ReadCommitted', timeout: START_TIMEOUT_MS },
  )
  for (const id of [first, ...repeats]) await enqueue(LABEL_JOB, id, { runId: id })
  return { id: first }
}

/** How many test runs of a set-up are still to be made. */
export async function countMissingTests(
  tx: Tx,
  projectId: string,
  setupId: string,
): Promise<number> {
  const standIn = isStandIn()
  if ((await tx.testScore.count({ where: { setupId, standIn } })) > 0) return 0
  const former = await tx.run.count({
    where: {
      ...{ setupId, standIn, purpose: 'label', pool: 'test', standing: false },
      status: { notIn: ['failed', 'stopped'] },
    },
  })
  return Math.max(0, runsWanted(await getGateRule(projectId, tx)) - former)
}

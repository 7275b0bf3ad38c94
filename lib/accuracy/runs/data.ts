import { describeAccuracy } from '@/lib/accuracy/rules'
import type { DevAccuracy } from '@/lib/accuracy/schema'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun, type TallyRow } from '@/lib/accuracy/tallies/rules'
import { db } from '@/lib/platform/database'
import { findReleasedSetup, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { type Candidate, chooseRuns } from './rules'

export type DevRun = Candidate & { finishedAt: Date | null }

/**
 * The run on dev that speaks for each version, by version id. A draft that was changed since its run
 * has none: the figure would be another prompt's.
 */
export async function findDevRuns(projectId: string): Promise<Map<string, DevRun>> {
  const [runs, released] = await Promise.all([
    db.run.findMany({
      where: { projectId, purpose: 'label', pool: 'dev', status: 'done' },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: {
        id: true,
        setupId: true,
        standIn: true,
        caseLimit: true,
        items: true,
        finishedAt: true,
        contentHash: true,
        setup: { select: { version: { select: { id: true, number: true, archivedAt: true } } } },
      },
    }),
    findReleasedSetup(projectId),
  ])
  const drafts = new Set(
    runs.flatMap(({ setup: { version } }) => (version.number === null ? version.id : [])),
  )
  const hashes = new Map<string, string>()
  for (const id of drafts) hashes.set(id, contentHash(await getPromptContent(projectId, id)))
  const candidates = runs
    .filter(({ setup: { version } }) => version.archivedAt === null)
    .map(({ setup, ...run }) => ({ ...run, versionId: setup.version.id }))
    .filter((run) => (hashes.get(run.versionId) ?? run.contentHash) === run.contentHash)
  return chooseRuns(candidates, released?.setupId ?? null)
}

/** What is known of each version on dev, by version id. */
export async function measureOnDev(projectId: string): Promise<Map<string, DevAccuracy>> {
  const runs = await findDevRuns(projectId)
  const tallies = await listTallies([...runs.values()].map(({ id }) => id))
  return new Map(
    [...runs].map(([versionId, run]) => [
      versionId,
      describeRun(
        run,
        tallies.filter(({ runId }) => runId === run.id),
      ),
    ]),
  )
}

function describeRun(run: DevRun, rows: readonly TallyRow[]): DevAccuracy {
  const { tally, unlabelled } = scoreRun(rows)
  return {
    runId: run.id,
    standIn: run.standIn,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    caseLimit: run.caseLimit,
    ...describeAccuracy(tally),
    withoutValidLabel: tally.withoutValidLabel,
    unlabelled,
  }
}

import { describeAccuracy } from '@/lib/accuracy/rules'
import type { DevAccuracy } from '@/lib/accuracy/schema'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun, type TallyRow } from '@/lib/accuracy/tallies/rules'
import { db } from '@/lib/platform/database'
import { findReleasedSetup, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { departsFromVersion } from '@/lib/versions/setups/rules'
import { type Candidate, chooseRuns } from './rules'

export type DevRun = Candidate & { finishedAt: Date | null }

/**
 * The run on dev that speaks for each version, by version id. A version that was changed since its run,
 * be it a draft or frozen since, has none: the figure would be another prompt's.
 */
export async function findDevRuns(projectId: string): Promise<Map<string, DevRun>> {
  const [runs, released] = await Promise.all([
    db.run.findMany({
      where: { projectId, purpose: 'label', pool: 'dev', status: 'done', standing: false },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: {
        id: true,
        setupId: true,
        standIn: true,
        caseLimit: true,
        items: true,
        finishedAt: true,
        createdAt: true,
        contentHash: true,
        cellId: true,
        setup: {
          select: {
            ...{ variant: true, packSize: true, similarExamples: true },
            version: {
              select: {
                ...{ id: true, frozenAt: true, archivedAt: true },
                ...{ packSize: true, similarExamples: true },
              },
            },
          },
        },
      },
    }),
    findReleasedSetup(projectId),
  ])
  const kept = runs
    .filter(({ setup: { version } }) => version.archivedAt === null)
    .map(({ setup: { version, ...setup }, ...run }) => ({
      ...run,
      versionId: version.id,
      departs: departsFromVersion(setup, version),
      // What a frozen version said when the run was made is what it says.
      mayBeOlder: version.frozenAt === null || run.createdAt < version.frozenAt,
    }))
  const hashes = new Map<string, string>()
  for (const id of new Set(kept.flatMap((run) => (run.mayBeOlder ? run.versionId : [])))) {
    hashes.set(id, contentHash(await getPromptContent(projectId, id)))
  }
  const candidates = kept.filter(
    (run) => !run.mayBeOlder || hashes.get(run.versionId) === run.contentHash,
  )
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

import { db } from '@/lib/platform/database'
import { findReleasedSetup, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { type Candidate, chooseRuns } from './rules'

export type DevRun = Candidate & { caseLimit: number | null; finishedAt: Date | null }

/**
 * The run on dev that speaks for each version, by version id. A draft that was changed since its run
 * has none: the figure would be another prompt's.
 */
export async function findDevRuns(projectId: string): Promise<Map<string, DevRun>> {
  const [runs, released] = await Promise.all([
    db.run.findMany({
      where: { projectId, pool: 'dev', status: 'done' },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: {
        id: true,
        setupId: true,
        standIn: true,
        caseLimit: true,
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

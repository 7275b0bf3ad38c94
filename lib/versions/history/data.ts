import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findReleasedSetup, getPromptContent, namePeople } from '../data'
import { contentHash } from '../fingerprint/rules'
import { testVerdict } from '../releases/schema'
import { scoreRuns } from '../trials/scores/data'
import type { VersionSummary } from './schema'

/** All versions of the project with what is known of each; archived drafts left out. */
export async function listVersions(member: Member): Promise<VersionSummary[]> {
  const { projectId } = member
  const versions = await db.version.findMany({
    where: { projectId, archivedAt: null },
    include: {
      parent: { select: { id: true, number: true } },
      examples: { where: { enabled: true }, select: { kind: true } },
      setups: { include: { testScore: true } },
    },
  })
  const [released, people, dev, standIns] = await Promise.all([
    findReleasedSetup(projectId),
    namePeople(versions.map(({ createdById }) => createdById)),
    scoreOnDev(projectId, versions),
    findStandIns(
      versions.flatMap(({ setups }) => setups.flatMap(({ testScore }) => testScore?.runId ?? [])),
    ),
  ])
  const summaries = versions.map((version): VersionSummary => {
    const score = version.setups.flatMap(({ testScore }) => testScore ?? [])[0]
    const verdict = score && testVerdict.parse(score.verdict)
    const count = (kind: string) => version.examples.filter((one) => one.kind === kind).length
    return {
      id: version.id,
      number: version.number,
      parent: version.parent,
      note: version.note,
      author: people.get(version.createdById ?? '') ?? null,
      at: (version.frozenAt ?? version.updatedAt).toISOString(),
      examples: { good: count('good'), bad: count('bad') },
      released: released?.versionId === version.id,
      dev: dev.get(version.id) ?? null,
      test:
        score && verdict
          ? {
              exact: score.publishedExact,
              countingCloseCalls: score.publishedCountingCloseCalls,
              n: score.n,
              own: verdict.published,
              passed: verdict.passed,
              standIn: standIns.has(score.runId),
            }
          : null,
    }
  })
  const [drafts, frozen] = [true, false].map((draft) =>
    summaries.filter(({ number }) => (number === null) === draft),
  )
  return [
    ...(drafts ?? []).sort((a, b) => b.at.localeCompare(a.at)),
    ...(frozen ?? []).sort((a, b) => (b.number ?? 0) - (a.number ?? 0)),
  ]
}

type Score = NonNullable<VersionSummary['dev']>

async function scoreOnDev(
  projectId: string,
  versions: readonly { id: string }[],
): Promise<Map<string, Score>> {
  const runs = await db.run.findMany({
    where: { projectId, pool: 'dev', status: 'done' },
    orderBy: { createdAt: 'desc' },
    select: { id: true, contentHash: true, standIn: true, setup: { select: { versionId: true } } },
  })
  const chosen = new Map<string, { id: string; standIn: boolean }>()
  for (const { id } of versions) {
    const own = runs.filter(({ setup }) => setup.versionId === id)
    if (own.length === 0) continue
    const hash = contentHash(await getPromptContent(projectId, id))
    // A draft may have changed since it was tried: its figure would be that of another prompt.
    const run = own.find(({ contentHash: of }) => of === hash)
    if (run) chosen.set(id, run)
  }
  const scores = await scoreRuns([...chosen.values()].map(({ id }) => id))
  return new Map(
    [...chosen].flatMap(([versionId, { id, standIn }]) => {
      const score = scores.get(id)
      return score ? [[versionId, { runId: id, standIn, ...score }] as const] : []
    }),
  )
}

async function findStandIns(runIds: readonly string[]): Promise<Set<string>> {
  const runs = await db.run.findMany({
    where: { id: { in: [...runIds] }, standIn: true },
    select: { id: true },
  })
  return new Set(runs.map(({ id }) => id))
}

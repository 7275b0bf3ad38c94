import { listPublished } from '@/lib/accuracy/published/data'
import { measureOnDev } from '@/lib/accuracy/runs/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup } from '../data'
import type { VersionSummary } from './schema'

/** All versions of the project with what is known of each; archived drafts left out. */
export async function listVersions(member: Member): Promise<VersionSummary[]> {
  const { projectId } = member
  const versions = await db.version.findMany({
    where: { projectId, archivedAt: null },
    include: {
      parent: { select: { id: true, number: true } },
      examples: { where: { enabled: true }, select: { kind: true } },
    },
  })
  const [released, people, dev, test] = await Promise.all([
    findReleasedSetup(projectId),
    namePeople(versions.map(({ createdById }) => createdById)),
    measureOnDev(projectId),
    listPublished(projectId),
  ])
  const summaries = versions.map((version): VersionSummary => {
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
      test: test.get(version.id) ?? null,
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

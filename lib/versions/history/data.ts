import { listPublished } from '@/lib/accuracy/published/data'
import { measureOnDev } from '@/lib/accuracy/runs/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup, getPromptContent } from '../data'
import { describeChanges } from '../drafts/rules'
import { findListedAncestor } from './rules'
import type { DiscardedDraft, VersionSummary } from './schema'

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
  const [lineage, changed, released, people, dev, test] = await Promise.all([
    db.version.findMany({ where: { projectId }, select: { id: true, parentId: true } }),
    describeUnnoted(projectId, versions),
    findReleasedSetup(projectId),
    namePeople(versions.map(({ createdById }) => createdById)),
    measureOnDev(projectId),
    listPublished(projectId),
  ])
  const listed = new Set(versions.map(({ id }) => id))
  const parents = new Map(lineage.map(({ id, parentId }) => [id, parentId]))
  const summaries = versions.map((version): VersionSummary => {
    const count = (kind: string) => version.examples.filter((one) => one.kind === kind).length
    return {
      id: version.id,
      number: version.number,
      parent: version.parent,
      under: findListedAncestor(version.id, parents, listed),
      note: version.note,
      changed: version.note || (changed.get(version.id) ?? ''),
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

const LISTED_DISCARDED = 50

/** The drafts that were put away last; each can be brought back. */
export async function listDiscardedDrafts({ projectId }: Member): Promise<DiscardedDraft[]> {
  const drafts = await db.version.findMany({
    where: { projectId, number: null, archivedAt: { not: null } },
    orderBy: [{ archivedAt: 'desc' }, { id: 'desc' }],
    take: LISTED_DISCARDED,
    include: { parent: { select: { id: true, number: true } } },
  })
  const [changed, people] = await Promise.all([
    describeUnnoted(projectId, drafts),
    // Whoever discards a draft is the last who touched it.
    namePeople(drafts.map(({ updatedById }) => updatedById)),
  ])
  return drafts.map(({ id, number, parent, note, updatedById, archivedAt, updatedAt }) => ({
    id,
    number,
    parent,
    changed: note || (changed.get(id) ?? ''),
    discardedBy: people.get(updatedById ?? '') ?? null,
    discardedAt: (archivedAt ?? updatedAt).toISOString(),
  }))
}

type Noted = { id: string; parentId: string | null; note: string }

/** What is different in versions that nobody wrote a note for, by id. */
async function describeUnnoted(
  projectId: string,
  versions: readonly Noted[],
): Promise<Map<string, string>> {
  const lines = new Map<string, string>()
  for (const { id, parentId } of versions.filter(({ note }) => note === '')) {
    const [parent, content] = await Promise.all([
      parentId ? getPromptContent(projectId, parentId) : null,
      getPromptContent(projectId, id),
    ])
    lines.set(id, describeChanges(parent, content))
  }
  return lines
}

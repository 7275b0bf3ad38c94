import { db } from '@/lib/platform/database'
import { getPromptContent } from '@/lib/versions/data'
import { askedHash } from '@/lib/versions/fingerprint/rules'
import type { VersionName } from '@/lib/versions/schema'
import { depart } from '@/lib/versions/setups/rules'
import { type Departures, departures } from '@/lib/versions/setups/schema'

/** Of so many of the newest drafts that were made since the experiment. */
const MOST_VERSIONS = 50

type Cell = { departures: unknown; setup: { version: { id: string } } }
type Since = { projectId: string; createdAt: Date; cells: readonly Cell[] }

/**
 * For each set-up the newest version that was made from its own since the experiment began, and by which
 * a model is sent just what the set-up sent; null where there is none. A draft that has been changed
 * since is no successor any more.
 */
export async function findSuccessors(since: Since): Promise<(VersionName | null)[]> {
  const { projectId, createdAt, cells } = since
  const parentIds = [...new Set(cells.map(({ setup }) => setup.version.id))]
  const children = await db.version.findMany({
    where: {
      ...{ projectId, parentId: { in: parentIds }, archivedAt: null },
      createdAt: { gt: createdAt },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST_VERSIONS,
    select: { id: true, number: true, parentId: true },
  })
  if (children.length === 0) return cells.map(() => null)
  const hashes: string[] = []
  for (const { id } of children) hashes.push(askedHash(await getPromptContent(projectId, id)))
  const parents = new Map<string, Awaited<ReturnType<typeof getPromptContent>>>()
  for (const id of parentIds) parents.set(id, await getPromptContent(projectId, id))
  return cells.map(({ departures: departed, setup: { version } }) => {
    const content = parents.get(version.id)
    const read = departures.parse(departed)
    if (!content || departsInNothing(read)) return null
    const hash = askedHash(depart(content, read))
    const found = children.find(
      ({ parentId }, at) => parentId === version.id && hashes[at] === hash,
    )
    return found ? { id: found.id, number: found.number } : null
  })
}

/** How it is asked is no part of what a version says. */
const departsInNothing = ({ mode: _, ...rest }: Departures): boolean =>
  Object.values(rest).every((value) => value === undefined)

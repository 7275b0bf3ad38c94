import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import type { DraftState, PresenceInput } from './schema'

/** Three missed signs of a page that gives one every three seconds. */
const HERE_FOR_MS = 10_000

/** Notes that the member has the draft open, and tells what there is to know of it. Throws not-found. */
export async function tellPresence(
  { userId, projectId }: Member,
  versionId: string,
  { part }: PresenceInput,
): Promise<DraftState> {
  const version = await db.version.findFirst({
    where: { id: versionId, projectId },
    select: { edit: true, number: true, archivedAt: true, updatedById: true },
  })
  if (!version) throw notFound('This draft')
  const seenAt = new Date()
  const gone = new Date(seenAt.getTime() - HERE_FOR_MS)
  await db.draftPresence.deleteMany({ where: { versionId, seenAt: { lt: gone } } })
  await db.draftPresence.upsert({
    where: { versionId_userId: { versionId, userId } },
    create: { versionId, userId, part, seenAt },
    update: { part, seenAt },
  })
  const others = await db.draftPresence.findMany({
    where: { versionId, userId: { not: userId } },
    orderBy: { userId: 'asc' },
  })
  const people = await namePeople([version.updatedById, ...others.map((other) => other.userId)])
  return {
    edit: version.edit,
    frozenAs: version.number,
    discarded: version.archivedAt !== null,
    savedBy: people.get(version.updatedById ?? '') ?? null,
    savedByYou: version.updatedById === userId,
    others: others.flatMap((other) => {
      const name = people.get(other.userId)
      return name ? [{ id: other.userId, name, part: other.part }] : []
    }),
  }
}

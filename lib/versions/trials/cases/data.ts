import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findVersionByRef } from '../../data'
import { findTrialRuns, pairOf } from '../runs/data'
import type { DifferingCase, Side, TrialCasePage, TrialCasesInput } from '../schema'
import { RIGHT, SHARED_LABELS, sharedCases } from '../shared/data'

const PAGE_SIZE = 10

const SIDES: Record<Side, Prisma.Sql> = {
  fixed: Prisma.sql`${RIGHT.new} AND NOT ${RIGHT.old}`,
  broken: Prisma.sql`${RIGHT.old} AND NOT ${RIGHT.new}`,
}

/**
 * Cases of dev that only the version (fixed) or only its parent (broken) got right, by random rank, a
 * page at a time. Empty without a comparison. Throws not-found. Whoever is shown them knows their
 * labels: record it first (`recordSights`).
 */
export async function listTrialCases(
  member: Member,
  ref: string,
  { side, category, after }: TrialCasesInput,
): Promise<TrialCasePage> {
  const version = await findVersionByRef(member.projectId, ref)
  const { draft, other, comparable } = pairOf(await findTrialRuns(member.projectId, version))
  if (!draft || !other || !comparable) return { cases: [], next: null }
  const where = [
    SIDES[side],
    ...(category ? [Prisma.sql`f."labelId" = ${category}::uuid`] : []),
    ...(after
      ? [Prisma.sql`(c.rank, c.id) > (SELECT rank, id FROM "Case" WHERE id = ${after}::uuid)`]
      : []),
  ]
  const rows = await db.$queryRaw<DifferingCase[]>`
    SELECT c.id AS "caseId", c."externalId", c.subject, ${SHARED_LABELS}
    ${sharedCases(other.id, draft.id)} AND ${Prisma.join(where, ' AND ')}
    ORDER BY c.rank, c.id LIMIT ${PAGE_SIZE + 1}`
  const cases = rows.slice(0, PAGE_SIZE)
  return { cases, next: rows.length > PAGE_SIZE ? (cases.at(-1)?.caseId ?? null) : null }
}

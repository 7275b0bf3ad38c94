import { Prisma } from '@/generated/prisma/client'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { invalid } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { maySettlePool } from '../policy'
import { readPlace, writePlace } from '../rules'
import type { DisputeKind, DisputePage, DisputesInput } from '../schema'

const PAGE_SIZE = 50

type Row = {
  caseId: string
  externalId: string
  subject: string
  kind: DisputeKind
  pool: Pool
  since: Date
  labelIds: string[]
  answers: number
  skips: number
  hasReviewed: boolean
}

/** Current cases that wait to be settled and that this person may know of. */
const among = (member: Member): Prisma.Sql => Prisma.sql`
  d."projectId" = ${member.projectId}::uuid AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL
    AND (c.pool <> 'test' OR ${maySettlePool(member, 'test')})`

/**
 * What waits to be settled, longest first. What people said is left out where the person has answered
 * the case: it would make their own answer final. Throws `invalid` for a cursor of elsewhere.
 */
export async function listDisputes(member: Member, input: DisputesInput): Promise<DisputePage> {
  const { kind, cursor } = input
  const after = cursor === undefined ? null : readPlace(cursor)
  if (cursor !== undefined && !after) throw invalid('This page is not there. Reload the list.')
  const found = await db.$queryRaw<Row[]>`
    SELECT c.id AS "caseId", c."externalId", c.subject, d.kind, c.pool, d.since,
      ARRAY(
        SELECT label_now(v."labelId")::text FROM "Review" v
        WHERE ${standing} AND label_now(v."labelId") IS NOT NULL GROUP BY 1 ORDER BY min(v.id::text)
      ) AS "labelIds",
      (SELECT count(*)::int FROM "Review" v WHERE ${standing}) AS answers,
      (SELECT count(DISTINCT k."userId")::int FROM "AssignmentSkip" k WHERE k."caseId" = c.id) AS skips,
      EXISTS (
        SELECT 1 FROM "Review" v
        WHERE v."caseId" = c.id AND v."reviewerId" = ${member.userId}::uuid
      ) AS "hasReviewed"
    FROM "Dispute" d JOIN "Case" c ON c.id = d."caseId"
    WHERE ${among(member)}
      ${kind ? Prisma.sql`AND d.kind = ${kind}::"DisputeKind"` : Prisma.empty}
      ${after ? Prisma.sql`AND (d.since, c.id) > (${after.since}::timestamptz, ${after.caseId}::uuid)` : Prisma.empty}
    ORDER BY d.since, c.id LIMIT ${PAGE_SIZE + 1}`
  const names = await nameCategories(member.projectId)
  const rows = found.slice(0, PAGE_SIZE).map(({ labelIds, hasReviewed, since, ...row }) => ({
    ...row,
    since: since.toISOString(),
    labels: hasReviewed ? [] : labelIds.flatMap((id) => names.get(id) ?? []),
    maySettle: !hasReviewed,
  }))
  const last = rows.at(-1)
  return {
    rows,
    next: last && found.length > PAGE_SIZE ? writePlace(last) : null,
    counts: await countDisputes(member),
  }
}

const standing = Prisma.sql`
  v."caseId" = c.id AND NOT v.undone AND v.purpose IN ('ordinary', 'second_opinion')
    AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)`

async function countDisputes(member: Member): Promise<DisputePage['counts']> {
  const groups = await db.$queryRaw<{ kind: DisputeKind; n: number }[]>`
    SELECT d.kind, count(*)::int AS n
    FROM "Dispute" d JOIN "Case" c ON c.id = d."caseId" WHERE ${among(member)} GROUP BY 1`
  const of = (kind: DisputeKind) => groups.find((group) => group.kind === kind)?.n ?? 0
  return { labels: of('labels'), unsure: of('unsure'), skipped: of('skipped') }
}

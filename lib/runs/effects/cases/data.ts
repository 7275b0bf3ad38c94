import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { findVersionByRef } from '@/lib/versions/data'
import type { EffectCasePage, EffectCasesInput, EffectSide } from '../schema'

const PAGE_SIZE = 10

/** The same words as isRight(…).exact, by which they are counted. Where both differ, at most one is right. */
const RIGHT: Record<EffectSide, Prisma.Sql> = {
  fixes: Prisma.sql`label_now(b."labelId") IS NOT DISTINCT FROM f."labelId"`,
  breaks: Prisma.sql`label_now(o."labelId") IS NOT DISTINCT FROM f."labelId"`,
}

type Row = {
  caseId: string
  externalId: string
  subject: string
  labelId: string
  withId: string | null
  withoutId: string | null
}

/**
 * The cases that a part's examples decide for better (fixes) or worse (breaks), by random rank, a page
 * at a time. All are of dev and have a final label; the caller records who has seen them. Throws
 * not-found.
 */
export async function listEffectCases(
  { projectId }: Member,
  { version, part }: { version: string; part: string },
  { side, after }: EffectCasesInput,
): Promise<EffectCasePage> {
  const { id: versionId } = await findVersionByRef(projectId, version)
  const found = await db.leftOut.findFirst({
    where: { id: part, study: { projectId, versionId } },
    include: { study: true },
  })
  if (!found) throw notFound('This example')
  const where = [
    Prisma.sql`label_now(o."labelId") IS DISTINCT FROM label_now(b."labelId")`,
    RIGHT[side],
    ...(after
      ? [Prisma.sql`(c.rank, c.id) > (SELECT rank, id FROM "Case" WHERE id = ${after}::uuid)`]
      : []),
  ]
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id AS "caseId", c."externalId", c.subject, f."labelId",
      label_now(b."labelId") AS "withId", label_now(o."labelId") AS "withoutId"
    FROM "Suggestion" o
    JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b.counts
      AND b."runId" = ${found.study.baseRunId}::uuid
    JOIN "FinalLabel" f ON f."caseId" = o."caseId"
    JOIN "Case" c ON c.id = o."caseId" AND c.pool = 'dev'
    WHERE o."runId" = ${found.runId}::uuid AND ${Prisma.join(where, ' AND ')}
    ORDER BY c.rank, c.id LIMIT ${PAGE_SIZE + 1}`
  const names = await nameCategories(projectId)
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const cases = rows
    .slice(0, PAGE_SIZE)
    .map(({ caseId, externalId, subject, labelId, withId, withoutId }) => ({
      ...{ caseId, externalId, subject, label: nameOf(labelId) ?? '' },
      ...{ withLabel: nameOf(withId), withoutLabel: nameOf(withoutId) },
    }))
  return { cases, next: rows.length > PAGE_SIZE ? (cases.at(-1)?.caseId ?? null) : null }
}

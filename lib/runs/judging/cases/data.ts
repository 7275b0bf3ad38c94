import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { getJudgedRun } from '../data'
import type { JudgedCasePage, JudgedCasesInput } from '../schema'

const PAGE_SIZE = 20

/**
 * Cases `c` whose labels and suggestions a person may see: answered by them, seen before, or labelled and
 * not in their hands. Of any other they may still be asked, in whichever pool.
 */
const openTo = (userId: string): Prisma.Sql => Prisma.sql`(
  EXISTS (
    SELECT 1 FROM "Review" v WHERE v."caseId" = c.id AND v."reviewerId" = ${userId}::uuid
      AND NOT v.undone
      AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)
  )
  OR EXISTS (
    SELECT 1 FROM "CaseSight" g WHERE g."caseId" = c.id AND g."userId" = ${userId}::uuid
  )
  OR EXISTS (SELECT 1 FROM "FinalLabel" l WHERE l."caseId" = c.id) AND NOT EXISTS (
    SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a."holderId" = ${userId}::uuid
      AND a.status = 'open'
  ))`

type Row = {
  caseId: string
  externalId: string
  subject: string
  suggestedId: string
  betterId: string | null
  reason: string
  finalId: string | null
}

/**
 * The suggestions that a judge calls wrong, a page at a time, in the order of import. Cases that this person may still be asked about are only
 * counted; the caller records who has seen the others. Throws not-found.
 */
export async function listJudgedWrong(
  { projectId, userId }: Member,
  { run, judge }: { run: string; judge: string },
  { after }: JudgedCasesInput,
): Promise<JudgedCasePage> {
  await getJudgedRun(projectId, run)
  const found = await db.run.count({
    where: { id: judge, projectId, judgedRunId: run, purpose: 'judge' },
  })
  if (found === 0) throw notFound('This second opinion')
  const wrong = Prisma.sql`
    FROM "Judgement" j
    JOIN "Case" c ON c.id = j."caseId" AND c.pool <> 'test' AND c."archivedAt" IS NULL
    JOIN "Suggestion" s ON s.id = j."suggestionId"
    LEFT JOIN "FinalLabel" f ON f."caseId" = c.id
    WHERE j."runId" = ${judge}::uuid AND j.verdict = 'wrong'`
  const from = after === undefined ? Prisma.sql`true` : Prisma.sql`c.id > ${after}::uuid`
  const [rows, [hidden]] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT c.id AS "caseId", c."externalId", c.subject, s."labelId" AS "suggestedId",
        label_now(j."labelId") AS "betterId", j.reason, f."labelId" AS "finalId"
      ${wrong} AND ${openTo(userId)} AND ${from}
      ORDER BY c.id LIMIT ${PAGE_SIZE + 1}`,
    db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n ${wrong} AND NOT ${openTo(userId)}`,
  ])
  const names = await nameCategories(projectId)
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const page = rows.slice(0, PAGE_SIZE)
  return {
    cases: page.map(({ caseId, externalId, subject, suggestedId, betterId, reason, finalId }) => ({
      ...{ caseId, externalId, subject, reason },
      suggested: nameOf(suggestedId) ?? '',
      ...{ better: nameOf(betterId), label: nameOf(finalId) },
    })),
    hidden: hidden?.n ?? 0,
    next: rows.length > PAGE_SIZE ? (page.at(-1)?.caseId ?? null) : null,
  }
}

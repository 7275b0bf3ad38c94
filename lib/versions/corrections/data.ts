import { z } from 'zod'
import { Prisma } from '@/generated/prisma/client'
import { message } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { mayReview } from '@/lib/reviews/policy'
import { renderExampleCase } from '../examples/rules'
import { groupByPair, statusOf } from './rules'
import type { ConfusionPair, CorrectionFilter, CorrectionView } from './schema'

const messages = z.array(message)

const AS_MANY_AS_ONE_READS = 200

type Row = {
  reviewId: string
  caseId: string
  externalId: string
  subject: string
  messages: unknown
  suggestedId: string | null
  suggestionExplanation: string | null
  versionNumber: number | null
  rightId: string | null
  secondLabelId: string | null
  closeCall: boolean
  wrongReason: boolean
  note: string
  reviewer: string
  at: Date
  decision: string | null
  decisionReason: string | null
  promoted: boolean
}

/**
 * Reviews with a thumbs down or a wrong reason, the newest of each person and assignment, of the
 * example pool: only there people see a suggestion, and only from there an example may come. Not those
 * to check cases: their truth was known, and everyone is asked.
 */
const CORRECTIONS = (projectId: string) => Prisma.sql`
  FROM "Review" r
  JOIN "Case" c ON c.id = r."caseId" AND c.pool = 'example' AND c."archivedAt" IS NULL
  LEFT JOIN "Suggestion" s ON s.id = r."suggestionId"
  LEFT JOIN "FinalLabel" f ON f."caseId" = r."caseId"
  LEFT JOIN "CorrectionDecision" d ON d."reviewId" = r.id
  WHERE r."projectId" = ${projectId}::uuid AND NOT r.undone
    AND r.purpose IN ('ordinary', 'second_opinion')
    AND (r.thumb = 'down' OR r."wrongReason")
    AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = r.id)`

/**
 * Not the corrections of a case that this person may yet be asked about: they would give away what
 * someone else said of it. They come into view with the person's answer, or with the final label.
 */
const inView = (member: Member): Prisma.Sql =>
  mayReview(member)
    ? Prisma.sql`AND (
        f."caseId" IS NOT NULL
        OR EXISTS (
          SELECT 1 FROM "Review" own
          WHERE own."caseId" = c.id AND own."reviewerId" = ${member.userId}::uuid AND NOT own.undone
            AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = own.id)
        )
        OR NOT EXISTS (SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open')
      )`
    : Prisma.empty

const RIGHT = Prisma.sql`COALESCE(f."labelId", r."labelId")`
const PROMOTED = Prisma.sql`EXISTS (
  SELECT 1 FROM "Example" e JOIN "Version" v ON v.id = e."versionId"
  WHERE e."reviewId" = r.id AND v."archivedAt" IS NULL)`

/** What was suggested against what is right, with what is left to do about each pair. */
export async function listConfusionPairs(member: Member): Promise<ConfusionPair[]> {
  type Group = Pick<Row, 'suggestedId' | 'rightId' | 'wrongReason' | 'promoted' | 'decision'> & {
    n: number
  }
  const groups = await db.$queryRaw<Group[]>`
    SELECT s."labelId" AS "suggestedId", ${RIGHT} AS "rightId", r."wrongReason",
      ${PROMOTED} AS promoted, d.decision, count(*)::int AS n
    ${CORRECTIONS(member.projectId)} ${inView(member)}
    GROUP BY 1, 2, 3, 4, 5`
  return groupByPair(groups.map((group) => ({ ...group, status: statusOf(group) })))
}

/** Corrections of a pair, undecided ones first, then the newest, at most 200. */
export async function listCorrections(
  member: Member,
  filter: CorrectionFilter,
): Promise<CorrectionView[]> {
  const suggested =
    filter.suggested === undefined
      ? Prisma.empty
      : Prisma.sql`AND s."labelId" IS NOT DISTINCT FROM ${filter.suggested}::uuid`
  const right =
    filter.right === undefined
      ? Prisma.empty
      : Prisma.sql`AND ${RIGHT} IS NOT DISTINCT FROM ${filter.right}::uuid`
  const where = Prisma.sql`${inView(member)} ${suggested} ${right}`
  const all = await readCorrections(db, member.projectId, where)
  return filter.status ? all.filter(({ status }) => status === filter.status) : all
}

/** One correction; null when the review is none (any more). */
export async function findCorrection(
  projectId: string,
  reviewId: string,
  database: Database = db,
): Promise<CorrectionView | null> {
  const found = await readCorrections(database, projectId, Prisma.sql`AND r.id = ${reviewId}::uuid`)
  return found[0] ?? null
}

async function readCorrections(
  database: Database,
  projectId: string,
  where: Prisma.Sql,
): Promise<CorrectionView[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT r.id AS "reviewId", r."caseId", c."externalId", c.subject, c.messages,
      s."labelId" AS "suggestedId", s.explanation AS "suggestionExplanation",
      (SELECT v.number FROM "Run" u JOIN "Setup" p ON p.id = u."setupId"
        JOIN "Version" v ON v.id = p."versionId" WHERE u.id = s."runId") AS "versionNumber",
      ${RIGHT} AS "rightId", r."secondLabelId", r."closeCall", r."wrongReason", r.note,
      (SELECT name FROM "User" WHERE id = r."reviewerId") AS reviewer, r."createdAt" AS at,
      d.decision, d.reason AS "decisionReason", ${PROMOTED} AS promoted
    ${CORRECTIONS(projectId)} ${where}
    ORDER BY (d."reviewId" IS NULL AND NOT ${PROMOTED}) DESC, r."createdAt" DESC, r.id DESC
    LIMIT ${AS_MANY_AS_ONE_READS}`
  const promotions = await database.example.findMany({
    where: {
      reviewId: { in: rows.map(({ reviewId }) => reviewId) },
      version: { archivedAt: null },
    },
    select: { reviewId: true, version: { select: { id: true, number: true } } },
    orderBy: { versionId: 'asc' },
  })
  return rows.map(({ messages: said, decision, promoted, ...row }) => ({
    ...row,
    text: renderExampleCase({ subject: row.subject, messages: messages.parse(said) }),
    suggestionExplanation: row.suggestionExplanation ?? '',
    reviewer: row.reviewer ?? 'Someone who left',
    at: row.at.toISOString(),
    status: statusOf({ ...row, decision, promoted }),
    decisionReason: row.decisionReason ?? '',
    promotedTo: promotions
      .filter(({ reviewId }) => reviewId === row.reviewId)
      .map(({ version }) => version),
  }))
}

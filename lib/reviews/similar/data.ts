import { Prisma } from '@/generated/prisma/client'
import { type CaseContent, caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { distinctWords, pickTellingWords, rankByLikeness } from './rules'

/** Finished cases whose words are counted to know which words are rare. */
const SAMPLED = 300
/** Matches that are looked at, however many there are; then those compared word by word; then shown. */
const MATCHED = 3_000
const MATCHED_BEST = 200
const COMPARED = 50
const SHOWN = 5

export type Finished = {
  id: string
  externalId: string
  labelId: string
  secondLabelId: string | null
  content: CaseContent
}

/**
 * The text of a case that this person may see its like of: they have answered it, or have it in hand with
 * the suggestion in view. Null for anyone else, and while they are asked about it blind.
 */
export async function findOpenText(
  { userId, projectId }: Member,
  caseId: string,
): Promise<{ content: CaseContent; answeredBlind: boolean } | null> {
  const [row] = await db.$queryRaw<
    {
      subject: string
      messages: unknown
      answered: boolean
      blind: boolean
      shown: boolean
      asked: boolean
    }[]
  >`
    SELECT c.subject, c.messages,
      coalesce(bool_or(answer.id IS NOT NULL), false) AS answered,
      coalesce(bool_or(answer.id IS NOT NULL AND a.mode = 'blind'), false) AS blind,
      coalesce(bool_or(held.id IS NOT NULL AND a.mode = 'shown' AND c.pool = 'example'), false) AS shown,
      coalesce(bool_or(held.id IS NOT NULL AND a.mode = 'blind'), false) AS asked
    FROM "Case" c
    LEFT JOIN "Assignment" a ON a."caseId" = c.id
    LEFT JOIN "Review" answer ON answer."assignmentId" = a.id AND answer."reviewerId" = ${userId}::uuid
      AND NOT answer.undone
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = answer.id)
    LEFT JOIN "Assignment" held ON held.id = a.id AND held.status = 'open'
      AND (held."forUserId" = ${userId}::uuid
        OR held."holderId" = ${userId}::uuid AND held."leaseUntil" > now())
    WHERE c.id = ${caseId}::uuid AND c."projectId" = ${projectId}::uuid
    GROUP BY c.id`
  if (!row || row.asked || !(row.answered || row.shown)) return null
  return { content: caseContent.parse(row), answeredBlind: row.blind }
}

/** Finished cases of the open pools that read like a text, the likest first. */
export async function listSimilarTexts(
  projectId: string,
  caseId: string,
  content: CaseContent,
): Promise<Finished[]> {
  const words = distinctWords(content)
  const { shares, sampled } = await readShares(projectId, words)
  const telling = pickTellingWords(words, shares, sampled)
  if (telling.length === 0) return []
  const rows = await db.$queryRaw<
    (Omit<Finished, 'content'> & { subject: string; messages: unknown })[]
  >`
    ${matching(projectId, telling)}
    SELECT c.id, c."externalId", c.subject, c.messages, f."labelId", f."secondLabelId"
    FROM best
    JOIN "FinalLabel" f ON f."caseId" = best."caseId"
    JOIN "Case" c ON c.id = best."caseId"
    WHERE c.id <> ${caseId}::uuid AND c.pool IN ('example', 'dev') AND c."archivedAt" IS NULL
      -- What people are still asked about, or asked again to check them, tells nobody its label.
      AND NOT EXISTS (SELECT 1 FROM "CheckCase" k WHERE k."caseId" = c.id)
      AND NOT EXISTS (SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open')
    ORDER BY best.rank DESC, c.id
    LIMIT ${COMPARED}`
  const candidates = rows.map(({ subject, messages, ...row }) => ({
    ...row,
    content: caseContent.parse({ subject, messages }),
  }))
  return rankByLikeness(content, candidates).slice(0, SHOWN)
}

/** A tsquery: the project, and any of the words. They hold letters and digits only. */
const asked = (projectId: string, words: readonly string[]): string =>
  `'${projectId}' & (${words.map((word) => `'${word}'`).join(' | ')})`

/** `best`: the matches with the most of the words; at most so many are looked at, however many match. */
export const matching = (projectId: string, words: readonly string[]): Prisma.Sql => Prisma.sql`
  WITH found AS MATERIALIZED (
    SELECT t."caseId", t.words FROM "FinishedText" t
    WHERE t.words @@ ${asked(projectId, words)}::tsquery
    LIMIT ${MATCHED}
  ), best AS MATERIALIZED (
    SELECT found."caseId", ts_rank(found.words, ${asked(projectId, words)}::tsquery, 1) AS rank
    FROM found ORDER BY rank DESC, found."caseId" LIMIT ${MATCHED_BEST}
  )`

/** In how large a share of the newest finished cases each word stands. */
async function readShares(projectId: string, words: readonly string[], database: Database = db) {
  const rows = await database.$queryRaw<{ lexeme: string; n: number; sampled: number }[]>`
    WITH sample AS MATERIALIZED (
      SELECT words FROM "FinishedText"
      WHERE "projectId" = ${projectId}::uuid AND words IS NOT NULL
      ORDER BY "caseId" DESC LIMIT ${SAMPLED}
    )
    SELECT u.lexeme, count(*)::int AS n, (SELECT count(*) FROM sample)::int AS sampled
    FROM sample, unnest(sample.words) AS u(lexeme, positions, weights)
    WHERE u.lexeme = ANY(${[...words]}::text[])
    GROUP BY 1`
  const sampled = rows[0]?.sampled ?? 0
  return { sampled, shares: new Map(rows.map(({ lexeme, n }) => [lexeme, n / sampled])) }
}

import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { type Database, db, type Tx } from '@/lib/platform/database'
import { shownSuggestions } from '../queue/data'
import { getReviewSettings } from '../settings/data'
import { type CheckAnswer, isCheckRight, judgeTraining, NO_TRAINING } from './rules'
import type { Check, NewPersonal, Training } from './schema'

/**
 * Which check cases `k` with case `c` and final label `f` can be used now, as a WHERE condition: current,
 * of an open pool, and with an answer that does not rest on one person's review.
 */
export const usableChecks = Prisma.sql`
  c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL AND c.pool IN ('example', 'dev')
    AND f.source IN ('imported', 'agreement', 'settled')`

/**
 * Check cases that this person can be asked, as a FROM and WHERE clause. Never one whose answer the
 * person gave, knows, or has passed on. Costs as much as the project has check cases: some hundreds.
 */
const askableChecks = (projectId: string, userId: string) => Prisma.sql`
  FROM "CheckCase" k
  JOIN "Case" c ON c.id = k."caseId"
  JOIN "FinalLabel" f ON f."caseId" = c.id
  WHERE k."projectId" = ${projectId}::uuid AND ${usableChecks}
    AND k."addedById" IS DISTINCT FROM ${userId}::uuid
    AND f."settledById" IS DISTINCT FROM ${userId}::uuid
    AND NOT EXISTS (
      SELECT 1 FROM "Review" v WHERE v."caseId" = c.id AND v."reviewerId" = ${userId}::uuid
    )
    AND NOT EXISTS (
      SELECT 1 FROM "Assignment" a
      WHERE a."caseId" = c.id AND a.status = 'open'
        AND (a."holderId" = ${userId}::uuid OR a."forUserId" = ${userId}::uuid)
    )
    AND NOT EXISTS (
      SELECT 1 FROM "AssignmentSkip" s WHERE s."caseId" = c.id AND s."userId" = ${userId}::uuid
    )
    AND NOT EXISTS (
      SELECT 1 FROM "CaseSight" g WHERE g."caseId" = c.id AND g."userId" = ${userId}::uuid
    )`

/**
 * Up to `n` check cases to ask this person next, in an order of their own that nobody can foresee and
 * that stays the same.
 */
export const pickCheckCases = (tx: Tx, member: Member, n: number): Promise<NewPersonal[]> =>
  tx.$queryRaw<NewPersonal[]>(checkStatement(member, n))

/** The statement behind it. */
export const checkStatement = ({ projectId, userId }: Member, n: number): Prisma.Sql => Prisma.sql`
    WITH picked AS (
      SELECT c.id, c.pool, c.rank, md5(${userId}::text || c.id::text) AS place
      ${askableChecks(projectId, userId)}
      ORDER BY place
      LIMIT ${n}
    )
    SELECT p.id AS "caseId", 'check_case' AS purpose, p.pool::text AS frame, p.rank,
      CASE WHEN p.pool = 'example' AND EXISTS (
        SELECT 1 ${shownSuggestions(projectId)} AND s."caseId" = p.id
      ) THEN 'shown' ELSE 'blind' END AS mode
    FROM picked p
    ORDER BY p.place`

/** Whether this person has a check case in hand or can be asked one more. */
export async function hasCheckLeft(projectId: string, userId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ left: boolean }[]>`
    SELECT EXISTS (SELECT 1 ${askableChecks(projectId, userId)}) OR EXISTS (
      SELECT 1 FROM "Assignment" a
      WHERE a."projectId" = ${projectId}::uuid AND a."forUserId" = ${userId}::uuid
        AND a.purpose = 'check_case' AND a.status = 'open'
    ) AS left`
  return row?.left ?? false
}

/** How many of a person's own reviews are looked at from one instant on. */
const REPEAT_WINDOW = 50

/**
 * Up to `n` cases that this person answered long enough ago to be asked again, blind: each the next
 * one after an instant drawn at random, or else the first there is. Looks at windows of fixed size, so
 * that the cost does not grow with what was reviewed, and may come back with less than there is.
 */
export async function pickRepeats(tx: Tx, member: Member, n: number): Promise<NewPersonal[]> {
  const { repeatAfterDays } = await getReviewSettings(member.projectId, tx)
  const picked: NewPersonal[] = []
  while (picked.length < n) {
    const except = picked.map(({ caseId }) => caseId)
    const pick = async (from: number) => {
      const statement = repeatStatement(member, repeatAfterDays, from, except)
      return (await tx.$queryRaw<NewPersonal[]>(statement))[0]
    }
    const found = (await pick(Math.random())) ?? (await pick(Math.random())) ?? (await pick(0))
    if (!found) break
    picked.push(found)
  }
  return picked
}

/** The statement behind it. `from`: where in the time since the person's first review to begin, in [0, 1). */
export function repeatStatement(
  { projectId, userId }: Member,
  days: number,
  from: number,
  except: readonly string[],
): Prisma.Sql {
  const own = Prisma.sql`v."projectId" = ${projectId}::uuid AND v."reviewerId" = ${userId}::uuid`
  return Prisma.sql`
    WITH limits AS (
      SELECT now() - make_interval(days => ${days}) AS latest
    ), span AS (
      SELECT first.at AS first, last.at AS last
      FROM limits, LATERAL (
        SELECT v."createdAt" AS at FROM "Review" v WHERE ${own} ORDER BY v."createdAt" LIMIT 1
      ) first, LATERAL (
        SELECT v."createdAt" AS at FROM "Review" v
        WHERE ${own} AND v."createdAt" <= limits.latest
        ORDER BY v."createdAt" DESC LIMIT 1
      ) last
    ), near AS (
      SELECT v.* FROM span, LATERAL (
        SELECT v.id, v."caseId", v.purpose, v."bulkId", v.undone, v."labelId", v."createdAt"
        FROM "Review" v
        WHERE ${own} AND v."createdAt" <= span.last
          AND v."createdAt" >= span.first + ${from}::float8 * (span.last - span.first)
        ORDER BY v."createdAt"
        LIMIT ${REPEAT_WINDOW}
      ) v
    )
    SELECT c.id AS "caseId", 'repeat' AS purpose, 'blind' AS mode, c.pool::text AS frame, c.rank
    FROM near v
    JOIN "Case" c ON c.id = v."caseId"
    WHERE v.purpose IN ('ordinary', 'second_opinion') AND v."bulkId" IS NULL
      AND NOT v.undone AND v."labelId" IS NOT NULL
      AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL AND c.pool IS NOT NULL
      AND NOT c.id = ANY(${except}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
      AND NOT EXISTS (SELECT 1 FROM "CheckCase" k WHERE k."caseId" = c.id)
      AND NOT EXISTS (
        SELECT 1 FROM "Assignment" a
        WHERE a."caseId" = c.id AND a."forUserId" = ${userId}::uuid
          AND a.purpose = 'repeat' AND a.status <> 'withdrawn'
      )
      AND NOT EXISTS (
        SELECT 1 FROM "AssignmentSkip" s WHERE s."caseId" = c.id AND s."userId" = ${userId}::uuid
      )
    ORDER BY v."createdAt"
    LIMIT 1`
}

/** Whether this person must answer check cases before real work, and how far they are. */
export async function trainingOf(member: Member, database: Database = db): Promise<Training> {
  const { projectId, userId } = member
  if (member.role !== 'reviewer') return NO_TRAINING
  const { trainingCases: wanted, trainingPass: pass } = await getReviewSettings(projectId, database)
  if (wanted === 0) return NO_TRAINING
  if (!(await isNewcomer(database, projectId, userId))) return NO_TRAINING
  const answers = await listCheckAnswers(projectId, userId, database)
  const { answered, right, passed } = judgeTraining(answers, { wanted, pass })
  return { needed: !passed, answered, right, wanted, pass }
}

/** Not passed, not let in, and no ordinary answer yet: who worked here before is not trained later. */
async function isNewcomer(database: Database, projectId: string, userId: string): Promise<boolean> {
  const [row] = await database.$queryRaw<{ newcomer: boolean }[]>`
    SELECT m."trainedAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Review" v
      WHERE v."projectId" = ${projectId}::uuid AND v."reviewerId" = ${userId}::uuid
        AND v.purpose = 'ordinary' AND v."bulkId" IS NULL
    ) AS newcomer
    FROM "Membership" m
    WHERE m."projectId" = ${projectId}::uuid AND m."userId" = ${userId}::uuid`
  return row?.newcomer ?? false
}

/** What review `v` answered before its case was sent back to be labelled afresh is measured by nothing. */
export const inCurrentRound = Prisma.sql`
  v.round = coalesce((SELECT t.round FROM "CaseRound" t WHERE t."caseId" = v."caseId"), 0)`

/**
 * What a person answered to check cases, newest first. The first answer counts: one given after the
 * known one was shown says nothing.
 */
async function listCheckAnswers(
  projectId: string,
  userId: string,
  database: Database,
): Promise<CheckAnswer[]> {
  const rows = await database.$queryRaw<
    { answer: string | null; labelId: string; secondLabelId: string | null }[]
  >`
    SELECT label_now(v."labelId") AS answer, f."labelId", f."secondLabelId"
    FROM "Review" v
    JOIN "FinalLabel" f ON f."caseId" = v."caseId"
    WHERE v."projectId" = ${projectId}::uuid AND v."reviewerId" = ${userId}::uuid
      AND v.purpose = 'check_case' AND v."supersedesId" IS NULL AND ${inCurrentRound}
      AND f.source IN ('imported', 'agreement', 'settled')
    ORDER BY v."createdAt" DESC, v.id DESC`
  return rows.map(({ answer, ...truth }) => ({ answer, truth }))
}

/**
 * What a person is told after answering a check case: null where the project shows no known answers
 * and the person is not in training, and where the case has lost its known answer meanwhile. Ask
 * before `noteTraining`, which ends the training that lets the last answer be seen.
 */
export async function findCheckResult(
  tx: Tx,
  { member, caseId, labelId }: { member: Member; caseId: string; labelId: string | null },
): Promise<Check | null> {
  const { checkFeedback } = await getReviewSettings(member.projectId, tx)
  if (!checkFeedback && (await trainingOf(member, tx)).wanted === 0) return null
  const [row] = await tx.$queryRaw<
    {
      labelId: string
      secondLabelId: string | null
      label: string
      second: string | null
      reason: string | null
    }[]
  >`
    SELECT f."labelId", f."secondLabelId", g.name AS label, h.name AS second, k.reason
    FROM "FinalLabel" f
    JOIN "Category" g ON g.id = f."labelId"
    LEFT JOIN "Category" h ON h.id = f."secondLabelId"
    LEFT JOIN "CheckCase" k ON k."caseId" = f."caseId"
    WHERE f."caseId" = ${caseId}::uuid AND f."projectId" = ${member.projectId}::uuid
      AND f.source IN ('imported', 'agreement', 'settled')`
  if (!row) return null
  const { label, second, reason, ...truth } = row
  return {
    right: isCheckRight({ answer: labelId, truth }),
    label,
    secondLabel: second,
    reason: reason ?? '',
  }
}

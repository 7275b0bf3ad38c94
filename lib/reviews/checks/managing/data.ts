import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import { inCurrentRound, usableChecks } from '../data'
import { isCheckRight } from '../rules'
import { findUnusable } from './rules'
import type { CheckList, CheckState, CheckView } from './schema'

/** Cases `c` with final labels `f` that could become check cases, as a FROM and WHERE clause. */
export const eligibleCases = (projectId: string): Prisma.Sql => Prisma.sql`
  FROM "FinalLabel" f
  JOIN "Case" c ON c.id = f."caseId"
  WHERE f."projectId" = ${projectId}::uuid AND ${usableChecks}
    AND NOT EXISTS (SELECT 1 FROM "CheckCase" k WHERE k."caseId" = c.id)`

/** The newest first. Labels of cases that this person is being asked about are left out. */
export async function listChecks(member: Member): Promise<CheckList> {
  const { projectId } = member
  const [rows, answers, asked, names, [eligible]] = await Promise.all([
    db.checkCase.findMany({
      where: { projectId },
      orderBy: [{ addedAt: 'desc' }, { caseId: 'asc' }],
      include: {
        case: {
          select: {
            externalId: true,
            subject: true,
            archivedAt: true,
            quarantinedAt: true,
            finalLabel: true,
          },
        },
      },
    }),
    countAnswers(projectId),
    listAsked(member),
    nameCategories(projectId),
    db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n ${eligibleCases(projectId)}`,
  ])
  const people = await namePeople(rows.map(({ addedById }) => addedById))
  const nameOf = (id: string | null | undefined) => names.get(id ?? '') ?? null
  const checks = rows.map(({ caseId, case: found, ...check }): CheckView => {
    const { finalLabel: truth, externalId, subject, ...state } = found
    const given = truth ? (answers.get(caseId) ?? []) : []
    const hidden = asked.has(caseId)
    return {
      caseId,
      externalId,
      subject,
      label: hidden ? null : nameOf(truth?.labelId),
      secondLabel: hidden ? null : nameOf(truth?.secondLabelId),
      source: truth?.source ?? null,
      unusable: findUnusable({ ...state, source: truth?.source ?? null }),
      reason: hidden ? '' : check.reason,
      addedBy: check.addedById ? (people.get(check.addedById) ?? null) : null,
      addedAt: check.addedAt.toISOString(),
      answered: sum(given),
      right: truth ? sum(given.filter(({ answer }) => isCheckRight({ answer, truth }))) : 0,
    }
  })
  return { checks, eligible: eligible?.n ?? 0 }
}

type Answers = { caseId: string; answer: string | null; n: number }

/** First answers to check cases by case; the first alone, as the known one may be shown after it. */
async function countAnswers(projectId: string): Promise<Map<string, Answers[]>> {
  const rows = await db.$queryRaw<Answers[]>`
    SELECT v."caseId", label_now(v."labelId") AS answer, count(*)::int AS n
    FROM "Review" v
    WHERE v."projectId" = ${projectId}::uuid AND v.purpose = 'check_case' AND v."supersedesId" IS NULL
      AND ${inCurrentRound}
    GROUP BY 1, 2`
  return Map.groupBy(rows, ({ caseId }) => caseId)
}

const sum = (answers: readonly Answers[]) => answers.reduce((total, { n }) => total + n, 0)

/** Cases that this person has in hand, or set aside for them, and has not answered. */
async function listAsked({ projectId, userId }: Member): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ caseId: string }[]>`
    SELECT a."caseId" FROM "Assignment" a JOIN "CheckCase" k ON k."caseId" = a."caseId"
    WHERE k."projectId" = ${projectId}::uuid AND a.status = 'open'
      AND (a."holderId" = ${userId}::uuid AND a."leaseUntil" > now() OR a."forUserId" = ${userId}::uuid)`
  return new Set(rows.map(({ caseId }) => caseId))
}

/** Whether a case is a check case or could be, for someone who may see its labels. Throws `not_found`. */
export async function getCheckState(member: Member, caseId: string): Promise<CheckState> {
  const row = await db.case.findFirst({
    where: {
      id: caseId,
      projectId: member.projectId,
      OR: [{ pool: null }, { pool: { not: 'test' } }],
    },
    select: { archivedAt: true, quarantinedAt: true, finalLabel: true, checkCase: true },
  })
  if (!row) throw notFound('The case')
  const { checkCase, finalLabel, ...state } = row
  return {
    isCheck: checkCase !== null,
    reason: checkCase?.reason ?? '',
    unusable: findUnusable({ ...state, source: finalLabel?.source ?? null }),
  }
}

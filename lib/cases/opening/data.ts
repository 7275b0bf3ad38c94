import { mayListLabels, mayOpenCase, mayOpenLabels } from '@/lib/cases/policy'
import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { listCallsOfCase } from '@/lib/runs/calls/data'
import { readLabels } from './labels/data'
import type { CaseLabels, CaseView } from './schema'

const SHOWN = {
  id: true,
  externalId: true,
  revision: true,
  subject: true,
  messages: true,
  metadata: true,
  link: true,
  occurredAt: true,
  archivedAt: true,
  pool: true,
} as const

/** A case as this person may see it: hidden facts are never read. Null for the test pool and strangers. */
export async function findCase(member: Member, id: string): Promise<CaseView | null> {
  const row = await db.case.findFirst({
    where: { id, projectId: member.projectId },
    select: SHOWN,
  })
  if (!row || !mayOpenCase(row)) return null
  const facts = { pool: row.pool, ...(await readOwnPart(member, id)) }
  const open = mayOpenLabels(member, facts)
  const known = open ? await readLabels(member.projectId, id) : null
  // Only who may settle it has a use for it.
  const labels = known && !mayListLabels(member) ? { ...known, dispute: null } : known
  const { pool: _, metadata, occurredAt, archivedAt, messages, ...shown } = row
  return {
    ...shown,
    ...caseContent.parse({ subject: row.subject, messages }),
    metadata: metadata as Record<string, string>,
    occurredAt: occurredAt?.toISOString() ?? null,
    archivedAt: archivedAt?.toISOString() ?? null,
    revisions: await listRevisions(member, row),
    labels,
    sight: labels === null ? 'none' : measureSight(labels, facts.hasAnswered),
  }
}

/** What opening a case tells a person beyond what they have said themselves. */
function measureSight(
  { finalLabel, suggestions, reviews, skips, former }: CaseLabels,
  hasAnswered: boolean,
): CaseView['sight'] {
  // Who repeats has answered before: a person counts once.
  const people = reviews.filter(({ purpose }) => purpose !== 'repeat').length
  const others = people - (hasAnswered ? 1 : 0)
  const given = finalLabel !== null && ['imported', 'settled'].includes(finalLabel.source)
  const nothing = suggestions.length + others + skips.length + former.length === 0 && !given
  if (nothing) return 'none'
  return hasAnswered ? 'after_answer' : 'before_answer'
}

/** What the model was asked about a case and what it wrote. Throws `not_found` before one may see it. */
export async function listCalls(member: Member, id: string) {
  const row = await db.case.findFirst({
    where: { id, projectId: member.projectId },
    select: { pool: true },
  })
  const facts = row && { pool: row.pool, ...(await readOwnPart(member, id)) }
  if (!facts || !mayOpenLabels(member, facts)) throw notFound('The case')
  return listCallsOfCase(member, id)
}

/** Whether an answer of this person to the case stands, and whether they are being asked for one. */
async function readOwnPart({ userId }: Member, caseId: string) {
  const [part] = await db.$queryRaw<{ hasAnswered: boolean; isAsked: boolean }[]>`
    SELECT
      EXISTS (
        SELECT 1 FROM "Review" v
        WHERE v."caseId" = ${caseId}::uuid AND v."reviewerId" = ${userId}::uuid AND NOT v.undone
          AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
      ) AS "hasAnswered",
      EXISTS (
        SELECT 1 FROM "Assignment" a
        WHERE a."caseId" = ${caseId}::uuid AND a.status = 'open' AND (
          a."forUserId" = ${userId}::uuid
          OR a."holderId" = ${userId}::uuid AND a."leaseUntil" > now()
        )
      ) AS "isAsked"`
  return part ?? { hasAnswered: false, isAsked: false }
}

async function listRevisions(
  { projectId }: Member,
  { id, externalId }: { id: string; externalId: string },
): Promise<CaseView['revisions']> {
  return db.case.findMany({
    where: {
      projectId,
      externalId,
      id: { not: id },
      OR: [{ pool: null }, { pool: { not: 'test' } }],
    },
    orderBy: { revision: 'desc' },
    select: { id: true, revision: true },
  })
}

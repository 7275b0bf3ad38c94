import { mayOpenCase, mayOpenLabels } from '@/lib/cases/policy'
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
  const hasAnswered = await readHasAnswered(member, id)
  const open = mayOpenLabels(member, { pool: row.pool, hasAnswered })
  const labels = open ? await readLabels(member.projectId, id) : null
  const { pool: _, metadata, occurredAt, archivedAt, messages, ...shown } = row
  return {
    ...shown,
    ...caseContent.parse({ subject: row.subject, messages }),
    metadata: metadata as Record<string, string>,
    occurredAt: occurredAt?.toISOString() ?? null,
    archivedAt: archivedAt?.toISOString() ?? null,
    revisions: await listRevisions(member, row),
    labels,
    sightRecorded: labels !== null && !hasAnswered && saysSomething(labels),
  }
}

/** Opening a case of which nothing is known yet gives nothing away. */
const saysSomething = ({ finalLabel, suggestions, reviews }: CaseLabels) =>
  finalLabel !== null || suggestions.length > 0 || reviews.length > 0

/** What the model was asked about a case and what it wrote. Throws `not_found` before one may see it. */
export async function listCalls(member: Member, id: string) {
  const row = await db.case.findFirst({
    where: { id, projectId: member.projectId },
    select: { pool: true },
  })
  const facts = row && { pool: row.pool, hasAnswered: await readHasAnswered(member, id) }
  if (!facts || !mayOpenLabels(member, facts)) throw notFound('The case')
  return listCallsOfCase(member, id)
}

/** Whether an answer of this person to the case stands. */
async function readHasAnswered({ userId }: Member, caseId: string): Promise<boolean> {
  const standing = await db.review.count({
    where: { caseId, reviewerId: userId, undone: false, superseded: null },
  })
  return standing > 0
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

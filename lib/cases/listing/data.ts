import { Prisma } from '@/generated/prisma/client'
import { rightExactly } from '@/lib/accuracy/rightness/data'
import { isRight } from '@/lib/accuracy/rules'
import { mayListLabels } from '@/lib/cases/policy'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { findReleasedSetup } from '@/lib/versions/data'
import type { CaseCounts, CaseFilter, CasePage, CaseRow, CaseStatus } from './schema'

const PAGE_SIZE = 50

type Row = {
  id: string
  externalId: string
  subject: string
  occurredAt: Date | null
  messages: number
  pool: 'example' | 'dev' | null
  quarantined: boolean
  labelId: string | null
  secondLabelId: string | null
  hasSuggestion: boolean
  suggestedId: string | null
  standIn: boolean | null
}

/**
 * Current cases outside the test pool, the newest first. Labels, pools and status are read only for
 * those who may see them, and suggestions only beside a final label.
 */
export async function listCases(member: Member, filter: CaseFilter): Promise<CasePage> {
  const { projectId } = member
  const found = mayListLabels(member)
    ? await readWithFacts(member, filter)
    : await readPlain(projectId, filter)
  const rows = found.slice(0, PAGE_SIZE)
  return { rows, next: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null }
}

/** Counts of current cases, the locked ones included. */
export async function countCases({ projectId }: Member): Promise<CaseCounts> {
  const groups = await db.$queryRaw<{ pool: Pool | null; quarantined: boolean; n: number }[]>`
    SELECT pool, "quarantinedAt" IS NOT NULL AS quarantined, count(*)::int AS n FROM "Case"
    WHERE "projectId" = ${projectId}::uuid AND "archivedAt" IS NULL GROUP BY 1, 2`
  const of = (pool: Pool | null, quarantined = false) =>
    groups.find((group) => group.pool === pool && group.quarantined === quarantined)?.n ?? 0
  return {
    example: of('example'),
    dev: of('dev'),
    test: of('test'),
    waiting: of(null),
    quarantined: of(null, true),
  }
}

const COLUMNS = Prisma.sql`c.id, c."externalId", c.subject, c."occurredAt",
  jsonb_array_length(c.messages) AS messages`

/** What holds for every list: current cases, never of the test pool. */
function conditions(projectId: string, { q, after }: CaseFilter): Prisma.Sql[] {
  const list = [
    Prisma.sql`c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL`,
    Prisma.sql`(c.pool IS NULL OR c.pool <> 'test')`,
  ]
  if (after) list.push(Prisma.sql`c.id < ${after}::uuid`)
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    list.push(Prisma.sql`(c."externalId" ILIKE ${like} OR c.subject ILIKE ${like} OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(c.messages) m WHERE m->>'text' ILIKE ${like}))`)
  }
  return list
}

async function readPlain(projectId: string, filter: CaseFilter): Promise<CaseRow[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM "Case" c
    WHERE ${Prisma.join(conditions(projectId, filter), ' AND ')}
    ORDER BY c.id DESC LIMIT ${PAGE_SIZE + 1}`
  return rows.map((row) => ({ ...plainOf(row), facts: null }))
}

/** A case that the person is being asked about looks as if it had no label yet. */
async function readWithFacts(
  { projectId, userId }: Member,
  filter: CaseFilter,
): Promise<CaseRow[]> {
  const released = await findReleasedSetup(projectId)
  const where = [...conditions(projectId, filter), ...factConditions(filter)]
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS}, c.pool, c."quarantinedAt" IS NOT NULL AS quarantined,
      f."labelId", f."secondLabelId", s.id IS NOT NULL AS "hasSuggestion",
      label_now(s."labelId") AS "suggestedId", s."standIn"
    FROM "Case" c
    LEFT JOIN "FinalLabel" f ON f."caseId" = c.id AND NOT EXISTS (
      SELECT 1 FROM "Assignment" a
      WHERE a."caseId" = c.id AND a.status = 'open' AND (
        a."forUserId" = ${userId}::uuid
        OR a."holderId" = ${userId}::uuid AND a."leaseUntil" > now()
      ) OFFSET 0
    )
    LEFT JOIN LATERAL (
      SELECT s.id, s."labelId", r."standIn" FROM "Suggestion" s JOIN "Run" r ON r.id = s."runId"
      WHERE s."caseId" = c.id AND r."setupId" = ${released?.setupId ?? null}::uuid
        AND r.purpose = 'label'
        AND f."caseId" IS NOT NULL
      ORDER BY s.id DESC LIMIT 1
    ) s ON true
    WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY c.id DESC LIMIT ${PAGE_SIZE + 1}`
  const names = await nameCategories(projectId)
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  return rows.map((row) => {
    const { labelId, secondLabelId, hasSuggestion, suggestedId } = row
    return {
      ...plainOf(row),
      facts: {
        pool: row.pool,
        status: statusOf(row),
        label: nameOf(labelId),
        secondLabel: nameOf(secondLabelId),
        suggested: nameOf(suggestedId),
        right:
          labelId && hasSuggestion ? isRight(suggestedId, { labelId, secondLabelId }).exact : null,
        standIn: row.standIn ?? false,
      },
    }
  })
}

function factConditions({ pool, category, verdict, close, status }: CaseFilter): Prisma.Sql[] {
  const list: Prisma.Sql[] = []
  if (pool) list.push(Prisma.sql`c.pool = ${pool}::"Pool"`)
  if (category) list.push(Prisma.sql`f."labelId" = ${category}::uuid`)
  if (verdict === 'right') list.push(RIGHT)
  // A suggestion is read only where there is a final label.
  if (verdict === 'wrong') list.push(Prisma.sql`s.id IS NOT NULL AND NOT ${RIGHT}`)
  if (close) {
    list.push(Prisma.sql`f."caseId" IS NOT NULL AND (f."secondLabelId" IS NOT NULL OR EXISTS (
      SELECT 1 FROM "Review" r WHERE r."caseId" = c.id AND r."closeCall" AND NOT r.undone
        AND r.purpose IN ('ordinary', 'second_opinion')
        AND NOT EXISTS (SELECT 1 FROM "Review" n WHERE n."supersedesId" = r.id)))`)
  }
  if (status) list.push(STATUS_CONDITIONS[status])
  return list
}

const RIGHT = rightExactly(Prisma.sql`s."labelId"`, Prisma.sql`f."labelId"`)

const STATUS_CONDITIONS: Record<CaseStatus, Prisma.Sql> = {
  waiting_for_pool: Prisma.sql`c.pool IS NULL AND c."quarantinedAt" IS NULL`,
  waiting_for_review: Prisma.sql`c.pool IS NOT NULL AND f."caseId" IS NULL`,
  reviewed: Prisma.sql`f."caseId" IS NOT NULL`,
  quarantined: Prisma.sql`c."quarantinedAt" IS NOT NULL`,
}

function statusOf({ pool, quarantined, labelId }: Row): CaseStatus {
  if (quarantined) return 'quarantined'
  if (labelId) return 'reviewed'
  return pool ? 'waiting_for_review' : 'waiting_for_pool'
}

const plainOf = ({ id, externalId, subject, occurredAt, messages }: Row) => ({
  id,
  externalId,
  subject,
  occurredAt: occurredAt?.toISOString() ?? null,
  messages,
})

import { Prisma } from '@/generated/prisma/client'
import { message } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { findEvidence } from '@/lib/runs/answers/evidence/rules'
import type { Claim } from './schema'

/**
 * Which open assignments `a` of a case `c` this person may ever be given, as a WHERE condition. Never a
 * case that the person has reviewed, passed on, or seen the labels of; an assignment whose answer was
 * taken back is set aside for who gave it.
 */
export const openForMember = (
  member: Pick<Member, 'userId' | 'projectId'>,
): Prisma.Sql => Prisma.sql`
  a."projectId" = ${member.projectId}::uuid AND a.status = 'open'
    AND c."archivedAt" IS NULL
    AND (a."forUserId" IS NULL OR a."forUserId" = ${member.userId}::uuid)
    AND NOT EXISTS (
      SELECT 1 FROM "Review" v
      WHERE v."caseId" = a."caseId" AND v."reviewerId" = ${member.userId}::uuid
        AND v."supersedesId" IS NULL AND v.purpose <> 'repeat' AND v."assignmentId" <> a.id
    )
    AND NOT EXISTS (
      SELECT 1 FROM "AssignmentSkip" k
      WHERE k."caseId" = a."caseId" AND k."userId" = ${member.userId}::uuid
    )
    AND NOT EXISTS (
      SELECT 1 FROM "CaseSight" g
      WHERE g."caseId" = a."caseId" AND g."userId" = ${member.userId}::uuid
    )`

/** The suggestions `s` that a project shows: those of the set-up in force, but for failed calls. */
export const shownSuggestions = (projectId: string): Prisma.Sql => Prisma.sql`
  FROM "Release" l
  JOIN "Run" r ON r."setupId" = l."setupId"
  JOIN "Suggestion" s ON s."runId" = r.id
  WHERE l."projectId" = ${projectId}::uuid AND l."endedAt" IS NULL AND s.status <> 'failed'`

type ClaimRow = {
  assignmentId: string
  leaseUntil: Date
  caseId: string
  externalId: string
  subject: string
  messages: unknown
  link: string | null
  metadata: Record<string, unknown>
  suggestionId: string | null
  versionNumber: number | null
  labelId: string | null
  explanation: string | null
  evidence: string | null
  standIn: boolean | null
}

/** What a person is shown of the assignments they hold, in the order in which they were claimed. */
export async function listClaims(
  assignmentIds: readonly string[],
  database: Database = db,
): Promise<Claim[]> {
  const rows = await database.$queryRaw<ClaimRow[]>`
    SELECT a.id AS "assignmentId", a."leaseUntil", c.id AS "caseId", c."externalId", c.subject,
      c.messages, c.link, c.metadata, s.id AS "suggestionId", v.number AS "versionNumber",
      s."labelId", s.explanation, s.evidence, r."standIn"
    FROM "Assignment" a
    JOIN "Case" c ON c.id = a."caseId"
    LEFT JOIN "Suggestion" s ON a.mode = 'shown' AND s.id = a."suggestionId"
    LEFT JOIN "Run" r ON r.id = s."runId"
    LEFT JOIN "Setup" p ON p.id = r."setupId"
    LEFT JOIN "Version" v ON v.id = p."versionId"
    WHERE a.id = ANY(${assignmentIds}::uuid[]) AND a."leaseUntil" IS NOT NULL
    ORDER BY a."claimedAt", a.place, a.id`
  return rows.map(toClaim)
}

function toClaim(row: ClaimRow): Claim {
  const messages = message.array().parse(row.messages)
  return {
    assignmentId: row.assignmentId,
    leaseUntil: row.leaseUntil.toISOString(),
    case: {
      id: row.caseId,
      externalId: row.externalId,
      subject: row.subject,
      messages,
      link: row.link,
      metadata: Object.fromEntries(
        Object.entries(row.metadata).map(([name, value]) => [name, String(value)]),
      ),
    },
    suggestion:
      row.suggestionId === null
        ? null
        : {
            id: row.suggestionId,
            versionNumber: row.versionNumber,
            labelId: row.labelId,
            explanation: row.explanation ?? '',
            evidence: row.evidence ?? '',
            evidencePlace: findEvidence(row.evidence ?? '', messages),
            standIn: row.standIn ?? false,
          },
  }
}

import { Prisma } from '@/generated/prisma/client'
import { message } from '@/lib/cases/schema'
import { type Database, db, PREPARED } from '@/lib/platform/database'
import { findEvidence } from '@/lib/runs/answers/evidence/rules'
import type { Claim } from './schema'

/** The suggestions `s` that a project shows: those of the set-up in force, but for failed calls. */
export const shownSuggestions = (projectId: string): Prisma.Sql => Prisma.sql`
  FROM "Release" l
  JOIN "Run" r ON r."setupId" = l."setupId"
  JOIN "Suggestion" s ON s."runId" = r.id
  WHERE l."projectId" = ${projectId}::uuid AND l."endedAt" IS NULL AND r.purpose = 'label'
    AND s.status <> 'failed'`

/** The suggestion that is shown of a case: the newest one. */
export const newestShown = (projectId: string, caseId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT s.id ${shownSuggestions(projectId)} AND s."caseId" = ${caseId}
  ORDER BY s.id DESC LIMIT 1`

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
  const rows = await database.$queryRaw<ClaimRow[]>`${PREPARED}
    SELECT a.id AS "assignmentId", a."leaseUntil", c.id AS "caseId", c."externalId", c.subject,
      c.messages, c.link, c.metadata, s.id AS "suggestionId", v.number AS "versionNumber",
      label_now(s."labelId") AS "labelId", s.explanation, s.evidence, r."standIn"
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

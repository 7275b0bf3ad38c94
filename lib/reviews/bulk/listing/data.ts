import { Prisma } from '@/generated/prisma/client'
import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { distinctWords, excerptOf } from '../../similar/rules'
import { groupAlike, LARGEST_BULK } from '../rules'
import type { BulkCases } from '../schema'

/** Of the waiting cases so many are looked through for those of one category, by their random rank. */
const LOOKED_THROUGH = 20_000

/** Words by which cases are compared. */
const COMPARED = 200

/**
 * Which free assignments `a` of cases `c` with a suggestion `s` this person may confirm unread: example
 * cases in ordinary work, as the set-up in force sees them, that nobody holds, was given or passed on. Not those picked for their risk, nor
 * examples of the version, of which the suggestion says nothing.
 */
export const confirmable = (
  { userId, projectId }: Member,
  labelId: string,
): Prisma.Sql => Prisma.sql`
  a."projectId" = ${projectId}::uuid AND a.status = 'open' AND a.lane = 'random'
    AND a."leaseUntil" IS NULL AND a."forUserId" IS NULL AND a."suggestionId" IS NOT NULL
    AND a.mode = 'shown' AND a.purpose = 'ordinary' AND a."bulkId" IS NULL
    AND c.pool = 'example' AND c."archivedAt" IS NULL AND c."quarantinedAt" IS NULL
    AND label_now(s."labelId") = ${labelId}::uuid AND s.counts AND EXISTS (
      SELECT 1 FROM "Run" r JOIN "Release" l ON l."setupId" = r."setupId" AND l."endedAt" IS NULL
      WHERE r.id = s."runId" AND r.purpose = 'label'
    )
    AND NOT EXISTS (
      SELECT 1 FROM "Review" v WHERE v."caseId" = c.id AND v."reviewerId" = ${userId}::uuid
    )
    AND NOT EXISTS (SELECT 1 FROM "AssignmentSkip" k WHERE k."caseId" = c.id)
    AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = c.id)
    AND NOT EXISTS (
      SELECT 1 FROM "Assignment" h
      WHERE h."caseId" = c.id AND h.status = 'open' AND h."leaseUntil" > now()
    )`

type Row = {
  caseId: string
  suggestionId: string
  externalId: string
  subject: string
  messages: unknown
  clusterId: string | null
  evidence: string
}

/** Waiting cases that the set-up in force takes for one category, those alike together. */
export async function listBulkCases(member: Member, labelId: string): Promise<BulkCases> {
  const rows = await db.$queryRaw<Row[]>`
    WITH free AS MATERIALIZED (
      SELECT a.id FROM "Assignment" a
      WHERE a."projectId" = ${member.projectId}::uuid AND a.status = 'open' AND a.lane = 'random'
        AND a."leaseUntil" IS NULL AND a."forUserId" IS NULL AND a."suggestionId" IS NOT NULL
      ORDER BY a.place LIMIT ${LOOKED_THROUGH}
    )
    SELECT c.id AS "caseId", a."suggestionId", c."externalId", c.subject, c.messages, c."clusterId",
      s.evidence
    FROM free JOIN "Assignment" a ON a.id = free.id
    JOIN "Suggestion" s ON s.id = a."suggestionId"
    JOIN "Case" c ON c.id = a."caseId"
    WHERE ${confirmable(member, labelId)} AND NOT EXISTS (
      SELECT 1 FROM "Assignment" former
      WHERE former."caseId" = c.id AND former.status = 'open' AND former.slot < a.slot
    )
    ORDER BY a.place LIMIT ${LARGEST_BULK}`
  const groups = groupAlike(
    rows.map((row) => {
      const content = caseContent.parse(row)
      return { ...row, content, words: distinctWords(content).slice(0, COMPARED) }
    }),
  )
  return {
    groups: groups.map((group) =>
      group.map(({ caseId, suggestionId, externalId, subject, evidence, content }) => ({
        ...{ caseId, suggestionId, externalId, subject, evidence },
        excerpt: excerptOf(content),
      })),
    ),
  }
}

import { message } from '@/lib/cases/schema'
import type { Database } from '@/lib/platform/database'
import { findEvidence } from '@/lib/runs/answers/evidence/rules'
import { shownSuggestions } from '../queue/data'
import type { Claim } from '../queue/schema'

type Row = Omit<NonNullable<Claim['suggestion']>, 'evidencePlace'> & { messages: unknown }

/** What the set-up in force says of a case; null where it has said nothing yet. */
export async function findSuggestionInForce(
  database: Database,
  projectId: string,
  caseId: string,
): Promise<Claim['suggestion']> {
  const [row] = await database.$queryRaw<Row[]>`
    SELECT shown.*, v.number AS "versionNumber", c.messages
    FROM (
      SELECT s.id, s."caseId", label_now(s."labelId") AS "labelId", s.explanation, s.evidence, r."standIn", r."setupId"
      ${shownSuggestions(projectId)} AND s."caseId" = ${caseId}::uuid
      ORDER BY s.id DESC LIMIT 1
    ) shown
    JOIN "Case" c ON c.id = shown."caseId"
    JOIN "Setup" p ON p.id = shown."setupId"
    JOIN "Version" v ON v.id = p."versionId"`
  if (!row) return null
  const { id, versionNumber, labelId, explanation, evidence, standIn, messages } = row
  const evidencePlace = findEvidence(evidence, message.array().parse(messages))
  return { id, versionNumber, labelId, explanation, evidence, evidencePlace, standIn }
}

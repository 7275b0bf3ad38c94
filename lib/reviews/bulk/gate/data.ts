import { scoreAnswers, type Truth } from '@/lib/accuracy/rules'
import type { Database } from '@/lib/platform/database'
import { shownSuggestions } from '../../queue/data'
import { judgeBulk } from '../rules'

type Row = { predictedId: string; finalId: string; secondId: string | null; n: number }

/**
 * What blind labels say of each category that the set-up in force predicts, by category id: cases of the
 * open pools only, none of them an example of the version, no label from a bulk confirmation. Which cases
 * were picked for their risk does not matter: they can only make it look worse.
 */
export async function listGates(projectId: string, database: Database) {
  const rows = await database.$queryRaw<Row[]>`
    SELECT told."labelId" AS "predictedId", f."labelId" AS "finalId", f."secondLabelId" AS "secondId",
      count(*)::int AS n
    FROM (
      SELECT DISTINCT ON (s."caseId") s."caseId", label_now(s."labelId") AS "labelId", s.counts
      ${shownSuggestions(projectId)} ORDER BY s."caseId", s.id DESC
    ) told
    JOIN "FinalLabel" f ON f."caseId" = told."caseId" AND f.mode = 'blind' AND NOT f.bulk
    JOIN "Case" c ON c.id = told."caseId" AND c.pool IN ('dev', 'example') AND c."archivedAt" IS NULL
    WHERE told.counts AND told."labelId" IS NOT NULL
    GROUP BY 1, 2, 3`
  const gates = new Map<string, Gate>()
  for (const predictedId of new Set(rows.map((row) => row.predictedId))) {
    const { n, exactRight } = scoreAnswers(
      rows
        .filter((row) => row.predictedId === predictedId)
        .map((row) => ({ answer: predictedId, truth: truthOf(row), count: row.n })),
    )
    gates.set(predictedId, gateOf(n, exactRight))
  }
  return gates
}

const gateOf = (blind: number, right: number) => ({ blind, right, ...judgeBulk({ blind, right }) })
type Gate = ReturnType<typeof gateOf>

const truthOf = ({ finalId, secondId }: Row): Truth => ({
  labelId: finalId,
  secondLabelId: secondId,
})

export const NO_GATE: Gate = gateOf(0, 0)

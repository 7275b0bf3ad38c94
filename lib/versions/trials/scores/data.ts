import { type Accuracy, describeAccuracy, scoreAnswers } from '@/lib/accuracy/rules'
import { db } from '@/lib/platform/database'

type Score = Pick<Accuracy, 'exact' | 'countingCloseCalls'>

type Count = {
  runId: string
  answer: string | null
  labelId: string
  secondLabelId: string | null
  n: number
}

/** Accuracy by run id, from the folded counts and what is not folded yet. For runs on dev. */
export async function scoreRuns(runIds: readonly string[]): Promise<Map<string, Score>> {
  const counts = await countAnswers(runIds)
  return new Map(
    runIds.map((id) => {
      const own = counts.filter(({ runId }) => runId === id)
      const { exact, countingCloseCalls } = describeAccuracy(
        scoreAnswers(
          own.map(({ answer, labelId, secondLabelId, n }) => ({
            answer,
            truth: { labelId, secondLabelId },
            count: n,
          })),
        ),
      )
      return [id, { exact, countingCloseCalls }]
    }),
  )
}

async function countAnswers(runIds: readonly string[]): Promise<Count[]> {
  if (runIds.length === 0) return []
  return db.$queryRaw<Count[]>`
    SELECT "runId", "predictedId" AS answer, "finalId" AS "labelId", "secondId" AS "secondLabelId",
      sum(n)::int AS n
    FROM (
      SELECT "runId", "predictedId", "finalId", "secondId", n FROM "Tally"
      WHERE "runId" = ANY(${[...runIds]}::uuid[]) AND counts AND "finalId" IS NOT NULL
      UNION ALL
      SELECT "runId", "predictedId", "finalId", "secondId", n FROM "TallyDelta"
      WHERE "runId" = ANY(${[...runIds]}::uuid[]) AND counts AND "finalId" IS NOT NULL
    ) AS counted
    GROUP BY 1, 2, 3, 4
    HAVING sum(n) > 0`
}

import { scoreAnswers } from '@/lib/accuracy/rules'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { findBestScore } from './data'
import { countPairs, judgeTest } from './rules'
import { FEWEST_TEST_CASES, SCORE_TEST } from './schema'

/** Turns a finished test run into the one score that its set-up publishes. */
export const scoreTest: Job<{ runId: string; asked?: boolean }> = {
  ...SCORE_TEST,
  run: async ({ runId, asked }) => scoreTestRun(runId, asked),
}

/**
 * Scores a test run against the best published set-up so far, on the test cases that both answered.
 * Nothing happens when the run is not finished, has its score, or too few of its cases have a final
 * label yet (none, when a person asked). Only counts leave the database.
 */
export async function scoreTestRun(runId: string, asked = false): Promise<void> {
  await db.$transaction(async (tx) => {
    const run = await tx.run.findFirst({ where: { id: runId, pool: 'test', status: 'done' } })
    if (!run) return
    const { projectId, setupId, standIn } = run
    // Two scores at once would be compared with the same best so far.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    if (await tx.testScore.findUnique({ where: { setupId } })) return
    const own = await scoreOnTest(tx, runId)
    if (own.n === 0) return
    if (!asked && own.n < Math.min(FEWEST_TEST_CASES, run.items)) return
    const best = await findBestScore(projectId, standIn, tx)
    const verdict = judgeTest(best && countPairs(await listPairedCounts(tx, best.runId, runId)))
    const shown = verdict.published || !best ? null : best
    await tx.testScore.create({
      data: {
        setupId,
        projectId,
        runId,
        n: own.n,
        publishedExact: shown?.publishedExact ?? own.exactRight / own.n,
        publishedCountingCloseCalls:
          shown?.publishedCountingCloseCalls ?? own.rightCountingCloseCalls / own.n,
        verdict,
        baselineSetupId: best?.setupId ?? null,
      },
    })
    await recordAudit(tx, {
      projectId,
      actorId: null,
      action: 'test.scored',
      subjectId: setupId,
      detail: { published: verdict.published, passed: verdict.passed },
    })
  })
}

/** For now and then: test runs whose score was missed, or whose cases have their labels by now. */
export async function enqueueUnscoredTests(): Promise<void> {
  const runs = await db.run.findMany({
    where: { pool: 'test', status: 'done', setup: { testScore: null } },
    select: { id: true },
  })
  for (const { id } of runs) await enqueue(SCORE_TEST, id, { runId: id })
}

type Row = { labelId: string; secondLabelId: string | null; n: number }

async function scoreOnTest(tx: Tx, runId: string) {
  const rows = await tx.$queryRaw<(Row & { answer: string | null })[]>`
    SELECT s."labelId" AS answer, f."labelId", f."secondLabelId", count(*)::int AS n
    FROM "Suggestion" s
    JOIN "FinalLabel" f ON f."caseId" = s."caseId"
    WHERE s."runId" = ${runId}::uuid AND s.counts
    GROUP BY 1, 2, 3`
  return scoreAnswers(rows.map(({ answer, n, ...truth }) => ({ answer, truth, count: n })))
}

async function listPairedCounts(tx: Tx, oldRunId: string, newRunId: string) {
  const rows = await tx.$queryRaw<(Row & { oldAnswer: string | null; newAnswer: string | null })[]>`
    SELECT o."labelId" AS "oldAnswer", s."labelId" AS "newAnswer", f."labelId",
      f."secondLabelId", count(*)::int AS n
    FROM "Suggestion" s
    JOIN "Suggestion" o ON o."caseId" = s."caseId" AND o."runId" = ${oldRunId}::uuid AND o.counts
    JOIN "FinalLabel" f ON f."caseId" = s."caseId"
    WHERE s."runId" = ${newRunId}::uuid AND s.counts
    GROUP BY 1, 2, 3, 4`
  return rows.map(({ oldAnswer, newAnswer, n, ...truth }) => ({ oldAnswer, newAnswer, truth, n }))
}

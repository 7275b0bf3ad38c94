import type { TestScore } from '@/generated/prisma/client'
import { type Compared, countPairs } from '@/lib/accuracy/comparison/rules'
import { countFlips } from '@/lib/accuracy/flips/data'
import { scoreAnswers } from '@/lib/accuracy/rules'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { isSettling } from '@/lib/projects/categories/data'
import { getRuleInForce } from '../gate/data'
import { runsWanted } from '../gate/rules'
import type { RuleInForce } from '../gate/schema'
import { isInTime } from './late/rules'
import { judgeTest } from './rules'
import { SCORE_TEST, type TestVerdict, testVerdict } from './schema'
import { findBestScore } from './tests/data'

/** Turns a finished test run into the one score that its set-up publishes. */
export const scoreTest: Job<{ runId: string; asked?: boolean }> = {
  ...SCORE_TEST,
  run: async ({ runId, asked }) => scoreTestRun(runId, asked),
}

/**
 * Scores the test of a set-up against the best published set-up so far, on the test cases that both
 * answered. Nothing happens before as many identical runs as the rule asks for are finished, when it
 * has its score, while too few of its cases have a final label (none, when a person asked), or while a
 * change of the categories is being settled. Only counts leave the database.
 */
export async function scoreTestRun(runId: string, asked = false): Promise<void> {
  await db.$transaction(async (tx) => {
    const run = await tx.run.findFirst({
      where: { id: runId, purpose: 'label', pool: 'test', standing: false, status: 'done' },
    })
    if (!run) return
    const { projectId, setupId, standIn } = run
    // Two scores at once would be compared with the same best so far.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    // Answers go by their new labels at once, final labels case by case: between, they would differ.
    if (await isSettling(projectId, tx)) return
    const known = await tx.testScore.findUnique({
      where: { setupId_standIn: { setupId, standIn } },
    })
    const rule = await getRuleInForce(projectId, tx)
    const runs = known ? [] : await listDone(tx, { setupId, standIn })
    const [first, ...repeats] = runs.slice(0, runsWanted(rule))
    if (!first || runs.length < runsWanted(rule)) return
    const own = await scoreOnTest(tx, first.id)
    if (own.n === 0) return
    if (!asked && own.n < Math.min(rule.minCases, first.items)) return
    const best = await findBestScore(projectId, standIn, tx)
    const verdict = judgeTest(
      rule,
      best ? await compareRuns(tx, best.runId, [first, ...repeats]) : [],
    )
    const ofBaseline = best && (await judgeBaseline(tx, { best, first, setupId, rule }))
    const shown = verdict.published || !best ? null : best
    const [repeat] = repeats
    await tx.testScore.create({
      data: {
        setupId,
        standIn,
        projectId,
        runId: first.id,
        repeatRunId: repeat?.id ?? null,
        n: own.n,
        publishedExact: shown?.publishedExact ?? own.exactRight / own.n,
        publishedCountingCloseCalls:
          shown?.publishedCountingCloseCalls ?? own.rightCountingCloseCalls / own.n,
        verdict: {
          ...verdict,
          flips: repeat ? await countFlips(first.id, repeat.id, tx) : null,
          ofBaseline,
        },
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

type ToJudge = { best: TestScore; first: { id: string }; setupId: string; rule: RuleInForce }

/**
 * What the gate would have said of the best so far, had it been tested second: it was the first of all
 * and had nothing to beat, and this set-up was made before that score was known. Decided once, with the
 * labels of now, as a verdict is.
 */
async function judgeBaseline(
  tx: Tx,
  { best, first, setupId, rule }: ToJudge,
): Promise<TestVerdict['ofBaseline']> {
  if (testVerdict.parse(best.verdict).comparison) return null
  const { version } = await tx.setup.findUniqueOrThrow({
    where: { id: setupId },
    select: { version: { select: { frozenAt: true } } },
  })
  if (!isInTime({ frozenAt: version.frozenAt, firstScoredAt: best.at })) return null
  const runs = [best.runId, best.repeatRunId].flatMap((id) => (id ? [{ id }] : []))
  return { passed: judgeTest(rule, await compareRuns(tx, first.id, runs)).passed }
}

async function compareRuns(
  tx: Tx,
  bestRunId: string,
  runs: readonly { id: string }[],
): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const { id } of runs) {
    compared.push(countPairs(await listPairedCounts(tx, bestRunId, id), 'exact'))
  }
  return compared
}

/** The set-up's finished test runs by one kind of model, the first one first. */
const listDone = (tx: Tx, of: { setupId: string; standIn: boolean }) =>
  tx.run.findMany({
    where: { ...of, purpose: 'label', pool: 'test', standing: false, status: 'done' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, items: true },
  })

/** For now and then: test runs whose score was missed, or whose cases have their labels by now. */
export async function enqueueUnscoredTests(): Promise<void> {
  const runs = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM "Run" r
    WHERE r.purpose = 'label' AND r.pool = 'test' AND r.status = 'done' AND NOT r.standing
      AND NOT EXISTS (
      SELECT 1 FROM "TestScore" t
      WHERE t."setupId" = r."setupId" AND t."standIn" = r."standIn")`
  for (const { id } of runs) await enqueue(SCORE_TEST, id, { runId: id })
}

type Row = { labelId: string; secondLabelId: string | null; n: number }

async function scoreOnTest(tx: Tx, runId: string) {
  const rows = await tx.$queryRaw<(Row & { answer: string | null })[]>`
    SELECT label_now(s."labelId") AS answer, f."labelId", f."secondLabelId", count(*)::int AS n
    FROM "Suggestion" s
    JOIN "FinalLabel" f ON f."caseId" = s."caseId"
    WHERE s."runId" = ${runId}::uuid AND s.counts
    GROUP BY 1, 2, 3`
  return scoreAnswers(rows.map(({ answer, n, ...truth }) => ({ answer, truth, count: n })))
}

async function listPairedCounts(tx: Tx, oldRunId: string, newRunId: string) {
  const rows = await tx.$queryRaw<(Row & { oldAnswer: string | null; newAnswer: string | null })[]>`
    SELECT label_now(o."labelId") AS "oldAnswer", label_now(s."labelId") AS "newAnswer", f."labelId",
      f."secondLabelId", count(*)::int AS n
    FROM "Suggestion" s
    JOIN "Suggestion" o ON o."caseId" = s."caseId" AND o."runId" = ${oldRunId}::uuid AND o.counts
    JOIN "FinalLabel" f ON f."caseId" = s."caseId"
    WHERE s."runId" = ${newRunId}::uuid AND s.counts
    GROUP BY 1, 2, 3, 4`
  return rows.map(({ oldAnswer, newAnswer, n, ...truth }) => ({ oldAnswer, newAnswer, truth, n }))
}

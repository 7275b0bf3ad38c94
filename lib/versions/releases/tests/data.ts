import type { Prisma, RunStatus, TestScore } from '@/generated/prisma/client'
import { wilsonInterval } from '@/lib/accuracy/intervals/rules'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { runsWanted } from '../../gate/rules'
import type { RuleInForce } from '../../gate/schema'
import { tellConditions } from '../rules'
import { type GateView, type TestScoreView, testVerdict } from '../schema'

/** Cases that a test would be scored on. */
export const countLabelledTestCases = (projectId: string): Promise<number> =>
  db.case.count({
    where: { projectId, pool: 'test', archivedAt: null, finalLabel: { isNot: null } },
  })

/** Test runs of a set-up by the kind of model that answers now, the first one first. */
const testRunsOf = (setupId: string) => ({
  where: { setupId, purpose: 'label', pool: 'test', standIn: isStandIn() } as const,
  orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Prisma.RunOrderByWithRelationInput[],
})

/** It has a test run that is done or under way. */
export async function hasTest(setupId: string | undefined): Promise<boolean> {
  if (!setupId) return false
  const { where } = testRunsOf(setupId)
  return (await db.run.count({ where: { ...where, status: { notIn: ['failed', 'stopped'] } } })) > 0
}

/** The best published test score so far, of the stand-in or of real models: they never mix. */
export async function findBestScore(
  projectId: string,
  standIn: boolean,
  database: Database = db,
): Promise<TestScore | null> {
  const scores = await database.testScore.findMany({
    where: { projectId, standIn },
    orderBy: [{ at: 'desc' }, { setupId: 'desc' }],
  })
  return scores.find(({ verdict }) => testVerdict.parse(verdict).published) ?? null
}

/** How far a set-up's test is, and its score as it may be seen; `poolSize`: cases of one run. */
export async function readTest(
  setupId: string | null,
  score: TestScore | null,
  rule: RuleInForce,
): Promise<{ test: GateView['test']; poolSize: number }> {
  const nothing = { state: 'none' as const, done: 0, items: 0, score: null }
  if (!setupId) return { test: { ...nothing, scoredByOther: false }, poolSize: 0 }
  const runs = await db.run.findMany({
    ...testRunsOf(setupId),
    select: { status: true, done: true, items: true },
  })
  const live = runs.filter(({ status }) => status !== 'failed' && status !== 'stopped')
  const poolSize = live[0]?.items ?? 0
  const counted = {
    done: live.reduce((sum, { done }) => sum + done, 0),
    items: live.reduce((sum, { items }) => sum + items, 0),
    scoredByOther: !score && (await db.testScore.count({ where: { setupId } })) > 0,
  }
  if (score) {
    return { test: { ...counted, state: 'scored', score: await viewTestScore(score) }, poolSize }
  }
  const state = runs.length === 0 ? 'none' : stateOfTest(runs, rule)
  return { test: { ...counted, state, score: null }, poolSize }
}

function stateOfTest(
  runs: readonly { status: RunStatus }[],
  rule: RuleInForce,
): 'running' | 'unscored' | 'incomplete' | 'failed' {
  const live = runs.filter(({ status }) => status !== 'failed' && status !== 'stopped')
  if (live.some(({ status }) => status !== 'done')) return 'running'
  if (live.length >= runsWanted(rule)) return 'unscored'
  return live.length === runs.length ? 'incomplete' : 'failed'
}

/**
 * A test score as it may be seen. One that the Ladder rule keeps back shows the best so far instead
 * of its own, and neither its gain nor its mid-p nor its categories: they would give the score away.
 */
async function viewTestScore(score: TestScore): Promise<TestScoreView> {
  const verdict = testVerdict.parse(score.verdict)
  const { comparison, published, passed, rule, flips } = verdict
  const baseline = score.baselineSetupId
    ? await db.testScore.findUnique({
        where: { setupId_standIn: { setupId: score.baselineSetupId, standIn: score.standIn } },
        include: { setup: { include: { version: { select: { id: true, number: true } } } } },
      })
    : null
  const n = published ? score.n : (baseline?.n ?? score.n)
  const categories = await db.category.findMany({
    where: { projectId: score.projectId },
    orderBy: { position: 'asc' },
    select: { id: true, name: true },
  })
  return {
    n,
    exact: score.publishedExact,
    countingCloseCalls: score.publishedCountingCloseCalls,
    ...wilsonInterval(Math.round(score.publishedExact * n), n),
    published,
    passed,
    baseline: baseline?.setup.version ?? null,
    gain: published ? (comparison?.gain ?? null) : null,
    midP: published ? (comparison?.midP ?? null) : null,
    standIn: score.standIn,
    at: score.at.toISOString(),
    rule,
    conditions: tellConditions(verdict),
    categories: categories.flatMap(({ id, name }) => {
      const check = verdict.categories.find(({ categoryId }) => categoryId === id)
      return published && check ? [{ ...check, name }] : []
    }),
    flips,
  }
}

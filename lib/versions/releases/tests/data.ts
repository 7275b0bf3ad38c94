import type { Prisma, RunStatus, TestScore } from '@/generated/prisma/client'
import { wilsonInterval } from '@/lib/accuracy/intervals/rules'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import type { ReleasedSetup } from '../../data'
import { runsWanted } from '../../gate/rules'
import type { RuleInForce } from '../../gate/schema'
import type { VersionName } from '../../schema'
import { tellConditions } from '../rules'
import { type GateView, type TestScoreView, testVerdict } from '../schema'

/** Cases that a test would be scored on. */
export const countLabelledTestCases = (projectId: string): Promise<number> =>
  db.case.count({
    where: { projectId, pool: 'test', archivedAt: null, finalLabel: { isNot: null } },
  })

/** Test runs of a set-up by the kind of model that answers now, the first one first. */
const testRunsOf = (setupId: string) => ({
  where: {
    setupId,
    purpose: 'label',
    pool: 'test',
    standing: false,
    standIn: isStandIn(),
  } as const,
  orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Prisma.RunOrderByWithRelationInput[],
})

/** Of test runs by the kind of model that answers now, those that are done or under way. */
const liveTests = () =>
  ({
    ...{ purpose: 'label', pool: 'test', standing: false, standIn: isStandIn() },
    status: { notIn: ['failed', 'stopped'] },
  }) satisfies Prisma.RunWhereInput

/** Set-ups that have a score, or a test run that is done or under way. */
export const countTested = (projectId: string): Promise<number> =>
  db.setup.count({ where: { projectId, runs: { some: liveTests() } } })

/**
 * What should be tested before a version, so that there is a score to beat: the version in force, or
 * while nothing is in force and nothing published, the one that it was made from. Null where that has a
 * test already, or where there is none.
 */
export async function findToTestFirst(
  version: VersionName & { parentId: string | null },
  { inForce, best }: { inForce: ReleasedSetup | null; best: VersionName | null },
): Promise<VersionName | null> {
  const id = inForce?.versionId ?? (best ? null : version.parentId)
  if (id === null || id === version.id) return null
  return db.version.findFirst({
    where: {
      ...{ id, number: { not: null }, archivedAt: null },
      setups: {
        none: inForce
          ? { id: inForce.setupId, runs: { some: liveTests() } }
          : { runs: { some: liveTests() } },
      },
    },
    select: { id: true, number: true },
  })
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

/** The version of that score, by the kind of model that answers now. */
export async function findBestVersion(projectId: string): Promise<VersionName | null> {
  const best = await findBestScore(projectId, isStandIn())
  if (!best) return null
  return db.version.findFirst({
    where: { setups: { some: { id: best.setupId } } },
    select: { id: true, number: true },
  })
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

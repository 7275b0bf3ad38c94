import type { Prisma, RunStatus, TestScore } from '@/generated/prisma/client'
import { wilsonInterval } from '@/lib/accuracy/intervals/rules'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup, findVersionByRef } from '../data'
import { getRuleInForce } from '../gate/data'
import { runsWanted } from '../gate/rules'
import type { RuleInForce } from '../gate/schema'
import { setupOf } from '../rules'
import { mayOverrideGate, mayRelease } from './policy'
import { chooseWay, type GateFacts, tellConditions } from './rules'
import { type GateView, type ReleaseView, type TestScoreView, testVerdict } from './schema'

/** What stands between a version and its release, and what its test says. Throws not-found. */
export async function getGate(member: Member, ref: string): Promise<GateView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [{ facts, setupId, score }, inForce, labelledTestCases, rule] = await Promise.all([
    readGate(projectId, version),
    findReleasedSetup(projectId),
    countLabelledTestCases(projectId),
    getRuleInForce(projectId),
  ])
  const way = chooseWay(facts)
  const test = await readTest(setupId, score, rule)
  return {
    version: { id: version.id, number: version.number },
    setupId,
    frozen: facts.frozen,
    test,
    rule,
    standIn: isStandIn(),
    labelledTestCases,
    scoresItself:
      labelledTestCases > 0 && labelledTestCases >= Math.min(rule.minCases, test.poolSize),
    released: facts.inForce,
    inForce: inForce && { id: inForce.versionId, number: inForce.versionNumber },
    inForceTested: await hasTest(inForce?.setupId),
    way,
    allowed:
      way !== 'not_frozen' &&
      way !== 'in_force' &&
      (way === 'override' ? mayOverrideGate(member) : mayRelease(member)),
  }
}

/** Cases that a test would be scored on. */
const countLabelledTestCases = (projectId: string): Promise<number> =>
  db.case.count({
    where: { projectId, pool: 'test', archivedAt: null, finalLabel: { isNot: null } },
  })

/** Test runs of a set-up by the kind of model that answers now, the first one first. */
const testRunsOf = (setupId: string) => ({
  where: { setupId, purpose: 'label', pool: 'test', standIn: isStandIn() } as const,
  orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Prisma.RunOrderByWithRelationInput[],
})

async function hasTest(setupId: string | undefined): Promise<boolean> {
  if (!setupId) return false
  const { where } = testRunsOf(setupId)
  return (await db.run.count({ where: { ...where, status: { notIn: ['failed', 'stopped'] } } })) > 0
}

/**
 * The facts that decide over a release; read inside the release's own transaction too. A score counts
 * only where it was made with the kind of model that answers now: what the stand-in proved says
 * nothing of a real model.
 */
export async function readGate(
  projectId: string,
  version: { id: string; number: number | null },
  database: Database = db,
): Promise<{ facts: GateFacts; setupId: string | null; score: TestScore | null }> {
  const standIn = isStandIn()
  const inForce = await findReleasedSetup(projectId, database)
  const { similarExamples } = await database.version.findUniqueOrThrow({
    where: { id: version.id, projectId },
    select: { similarExamples: true },
  })
  const setup = await database.setup.findUnique({
    where: {
      versionId_packSize_similarExamples_mode: setupOf({ id: version.id, similarExamples }),
    },
    include: { testScores: { where: { standIn } }, _count: { select: { releases: true } } },
  })
  const score = setup?.testScores[0] ?? null
  return {
    setupId: setup?.id ?? null,
    score,
    facts: {
      frozen: version.number !== null,
      inForce: setup !== null && inForce?.setupId === setup.id,
      anyInForce: inForce !== null,
      releasedBefore: (setup?._count.releases ?? 0) > 0,
      verdict: score && testVerdict.parse(score.verdict),
      // Published scores only rise, so the best so far is the newest of its kind of model.
      bestSoFar:
        score !== null &&
        (await findBestScore(projectId, standIn, database))?.setupId === score.setupId,
    },
  }
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

async function readTest(
  setupId: string | null,
  score: TestScore | null,
  rule: RuleInForce,
): Promise<GateView['test'] & { poolSize: number }> {
  const nothing = { state: 'none' as const, done: 0, items: 0, poolSize: 0, score: null }
  if (!setupId) return { ...nothing, scoredByOther: false }
  const runs = await db.run.findMany({
    ...testRunsOf(setupId),
    select: { status: true, done: true, items: true },
  })
  const live = runs.filter(({ status }) => status !== 'failed' && status !== 'stopped')
  const counted = {
    done: live.reduce((sum, { done }) => sum + done, 0),
    items: live.reduce((sum, { items }) => sum + items, 0),
    poolSize: live[0]?.items ?? 0,
    scoredByOther: !score && (await db.testScore.count({ where: { setupId } })) > 0,
  }
  if (score) return { ...counted, state: 'scored', score: await viewTestScore(score) }
  if (runs.length === 0) return { ...nothing, scoredByOther: counted.scoredByOther }
  return { ...counted, state: stateOfTest(runs, rule), score: null }
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

/** All releases, the newest first. */
export async function listReleases(member: Member): Promise<ReleaseView[]> {
  const releases = await db.release.findMany({
    where: { projectId: member.projectId },
    orderBy: [{ releasedAt: 'desc' }, { id: 'desc' }],
    include: { setup: { include: { version: { select: { id: true, number: true } } } } },
  })
  const people = await namePeople(releases.map(({ releasedById }) => releasedById))
  return releases.map(({ id, setup, releasedById, reason, releasedAt, endedAt }) => ({
    id,
    version: setup.version,
    by: people.get(releasedById ?? '') ?? null,
    reason,
    releasedAt: releasedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}

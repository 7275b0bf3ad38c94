import type { Prisma, TestScore } from '@/generated/prisma/client'
import { wilsonInterval } from '@/lib/accuracy/intervals/rules'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup, findVersionByRef } from '../data'
import { setupOf } from '../rules'
import { mayOverrideGate, mayRelease } from './policy'
import { chooseWay, type GateFacts } from './rules'
import {
  FEWEST_TEST_CASES,
  type GateView,
  type ReleaseView,
  type TestScoreView,
  testVerdict,
} from './schema'

/** What stands between a version and its release, and what its test says. Throws not-found. */
export async function getGate(member: Member, ref: string): Promise<GateView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [{ facts, setupId, score }, inForce, labelledTestCases] = await Promise.all([
    readGate(projectId, version),
    findReleasedSetup(projectId),
    db.case.count({
      where: { projectId, pool: 'test', archivedAt: null, finalLabel: { isNot: null } },
    }),
  ])
  const way = chooseWay(facts)
  const test = await readTest(setupId, score)
  return {
    version: { id: version.id, number: version.number },
    setupId,
    frozen: facts.frozen,
    test,
    labelledTestCases,
    scoresItself:
      labelledTestCases > 0 && labelledTestCases >= Math.min(FEWEST_TEST_CASES, test.items),
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

async function hasTest(setupId: string | undefined): Promise<boolean> {
  if (!setupId) return false
  const ended = { notIn: ['failed', 'stopped'] } satisfies Prisma.EnumRunStatusFilter
  return (await db.run.count({ where: { setupId, pool: 'test', status: ended } })) > 0
}

/** The facts that decide over a release; read inside the release's own transaction too. */
export async function readGate(
  projectId: string,
  version: { id: string; number: number | null },
  database: Database = db,
): Promise<{ facts: GateFacts; setupId: string | null; score: TestScore | null }> {
  const inForce = await findReleasedSetup(projectId, database)
  const { similarExamples } = await database.version.findUniqueOrThrow({
    where: { id: version.id, projectId },
    select: { similarExamples: true },
  })
  const setup = await database.setup.findUnique({
    where: {
      versionId_packSize_similarExamples_mode: setupOf({ id: version.id, similarExamples }),
    },
    include: { testScore: true, _count: { select: { releases: true } } },
  })
  const score = setup?.testScore ?? null
  return {
    setupId: setup?.id ?? null,
    score,
    facts: {
      frozen: version.number !== null,
      inForce: setup !== null && inForce?.setupId === setup.id,
      anyInForce: inForce !== null,
      releasedBefore: (setup?._count.releases ?? 0) > 0,
      verdict: score && testVerdict.parse(score.verdict),
      bestSoFar: score !== null && (await isBestSoFar(score, database)),
    },
  }
}

/** Published scores only rise, so the best so far is the newest of its kind of model. */
async function isBestSoFar(score: TestScore, database: Database): Promise<boolean> {
  const standIn = await isStandInRun(score.runId, database)
  return (await findBestScore(score.projectId, standIn, database))?.setupId === score.setupId
}

/** The best published test score so far, of the stand-in or of real models: they never mix. */
export async function findBestScore(
  projectId: string,
  standIn: boolean,
  database: Database = db,
): Promise<TestScore | null> {
  const scores = await database.testScore.findMany({
    where: { projectId },
    orderBy: [{ at: 'desc' }, { setupId: 'desc' }],
  })
  for (const score of scores) {
    const { published } = testVerdict.parse(score.verdict)
    if (published && (await isStandInRun(score.runId, database)) === standIn) return score
  }
  return null
}

async function isStandInRun(runId: string, database: Database): Promise<boolean> {
  const run = await database.run.findUniqueOrThrow({
    where: { id: runId },
    select: { standIn: true },
  })
  return run.standIn
}

async function readTest(
  setupId: string | null,
  score: TestScore | null,
): Promise<GateView['test']> {
  const run = setupId
    ? await db.run.findFirst({
        where: { setupId, pool: 'test' },
        orderBy: { createdAt: 'desc' },
        select: { id: true, status: true, done: true, items: true },
      })
    : null
  const seen = { runId: run?.id ?? null, done: run?.done ?? 0, items: run?.items ?? 0 }
  if (score) return { state: 'scored', ...seen, score: await viewTestScore(score) }
  if (!run) return { state: 'none', ...seen, score: null }
  if (run.status === 'done') return { state: 'unscored', ...seen, score: null }
  const ended = run.status === 'failed' || run.status === 'stopped'
  return { state: ended ? 'failed' : 'running', ...seen, score: null }
}

/**
 * A test score as it may be seen. One that the Ladder rule keeps back shows the best so far instead
 * of its own, and neither its gain nor its mid-p: they would give the score away.
 */
async function viewTestScore(score: TestScore): Promise<TestScoreView> {
  const { comparison, published, passed } = testVerdict.parse(score.verdict)
  const baseline = score.baselineSetupId
    ? await db.testScore.findUnique({
        where: { setupId: score.baselineSetupId },
        include: { setup: { include: { version: { select: { id: true, number: true } } } } },
      })
    : null
  const n = published ? score.n : (baseline?.n ?? score.n)
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
    standIn: await isStandInRun(score.runId, db),
    at: score.at.toISOString(),
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

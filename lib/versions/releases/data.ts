import type { TestScore } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup, findVersionByRef } from '../data'
import { getRuleInForce } from '../gate/data'
import { setupOf } from '../rules'
import { findLate } from './late/data'
import { mayOverrideGate, mayRelease } from './policy'
import { chooseWay, type GateFacts } from './rules'
import { type GateView, type ReleaseView, testVerdict } from './schema'
import {
  countLabelledTestCases,
  countTested,
  findBestScore,
  findBestVersion,
  findToTestFirst,
  readTest,
} from './tests/data'

/** What stands between a version and its release, and what its test says. Throws not-found. */
export async function getGate(member: Member, ref: string): Promise<GateView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [{ facts, setupId, score }, inForce, labelledTestCases, rule, testsSpent, best] =
    await Promise.all([
      readGate(projectId, version),
      findReleasedSetup(projectId),
      countLabelledTestCases(projectId),
      getRuleInForce(projectId),
      countTested(projectId),
      findBestVersion(projectId),
    ])
  const way = chooseWay(facts)
  const { test, poolSize } = await readTest(setupId, score, rule)
  return {
    version: { id: version.id, number: version.number },
    setupId,
    frozen: facts.frozen,
    test,
    rule,
    standIn: isStandIn(),
    labelledTestCases,
    scoresItself: labelledTestCases > 0 && labelledTestCases >= Math.min(rule.minCases, poolSize),
    released: facts.inForce,
    inForce: inForce && { id: inForce.versionId, number: inForce.versionNumber },
    best,
    testsSpent,
    testFirst: await findToTestFirst(version, { inForce, best }),
    late: facts.late,
    way,
    allowed:
      way !== 'not_frozen' &&
      way !== 'in_force' &&
      (way === 'override' ? mayOverrideGate(member) : mayRelease(member)),
  }
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
  const settings = await database.version.findUniqueOrThrow({
    where: { id: version.id, projectId },
    select: { similarExamples: true, packSize: true },
  })
  const setup = await database.setup.findUnique({
    where: { identity: setupOf({ id: version.id, ...settings }) },
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
      late: await findLate(score, inForce, database),
    },
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

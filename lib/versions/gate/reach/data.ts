import { countPairs } from '@/lib/accuracy/comparison/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findReleasedSetup, findVersionByRef } from '../../data'
import { findBestVersion } from '../../releases/tests/data'
import type { VersionName } from '../../schema'
import { comparePair } from '../../trials/data'
import { getRuleInForce } from '../data'
import type { Reach, RuleInForce } from '../schema'
import {
  ASSUMED_DIFFERING,
  FEWEST_TO_MEASURE,
  measureReach,
  SMALLEST_DIFFERING,
  type TestPool,
} from './rules'

/**
 * What the project's test pool can prove of a version before it is tested: from the numbers of
 * labelled cases alone, and from how much the two differ on dev. Throws not-found.
 */
export async function getReach(member: Member, ref: string): Promise<Reach> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [rule, categories, onDev] = await Promise.all([
    getRuleInForce(projectId),
    countByCategory(projectId),
    measureDiffering(projectId, version.id),
  ])
  const n = categories.reduce((sum, size) => sum + size, 0)
  const { measuredAgainst, olderTrial } = onDev
  const differing = onDev.differing ?? ASSUMED_DIFFERING
  return {
    n,
    rule,
    differing,
    measuredAgainst,
    olderTrial,
    ...measureOnce(rule, { n, categories }, differing),
  }
}

type Measured = ReturnType<typeof measureReach>

/** Large pools take long to work out and the answer is asked for often; it depends on these numbers alone. */
const measured = new Map<string, Measured>()
const MOST_REMEMBERED = 200

function measureOnce(rule: RuleInForce, pool: TestPool, differing: number): Measured {
  const share = Math.max(SMALLEST_DIFFERING, Math.round(differing * 1_000) / 1_000)
  const categories = [...pool.categories].sort((a, b) => a - b)
  const { minGain, maxCategoryLoss, minCases, twoRuns, minCategoryCases } = rule
  const asked = [minGain, maxCategoryLoss, minCases, twoRuns, minCategoryCases]
  const key = JSON.stringify([asked, pool.n, categories, share])
  const known = measured.get(key)
  if (known) return known
  const found = measureReach(rule, { n: pool.n, categories }, share)
  const [oldest] = measured.keys()
  if (oldest !== undefined && measured.size >= MOST_REMEMBERED) measured.delete(oldest)
  measured.set(key, found)
  return found
}

async function countByCategory(projectId: string): Promise<number[]> {
  const counts = await db.finalLabel.groupBy({
    by: ['labelId'],
    where: { projectId, case: { pool: 'test', archivedAt: null } },
    _count: true,
  })
  return counts.map(({ _count }) => _count)
}

type OnDev = Pick<Reach, 'measuredAgainst' | 'olderTrial'> & { differing: number | null }

/**
 * Against the one it has to beat: the best score so far, else what is in force. A trial of what one of
 * them said before says nothing of how much they differ now.
 */
async function measureDiffering(projectId: string, versionId: string): Promise<OnDev> {
  const unknown = { differing: null, measuredAgainst: null, olderTrial: false }
  const rival = await findRival(projectId)
  if (!rival || rival.id === versionId) return unknown
  const { shared, older } = await comparePair(projectId, versionId, rival.id)
  if (!shared) return { ...unknown, olderTrial: older }
  const { n, onlyOld, onlyNew } = countPairs(shared, 'exact').total
  if (n < FEWEST_TO_MEASURE) return unknown
  const differing = Math.max(SMALLEST_DIFFERING, (onlyOld + onlyNew) / n)
  return { differing, measuredAgainst: { number: rival.number, n }, olderTrial: false }
}

async function findRival(projectId: string): Promise<VersionName | null> {
  const best = await findBestVersion(projectId)
  if (best) return best
  const inForce = await findReleasedSetup(projectId)
  return inForce && { id: inForce.versionId, number: inForce.versionNumber }
}

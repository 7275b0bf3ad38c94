import { listTallies } from '@/lib/accuracy/tallies/data'
import type { TallyRow } from '@/lib/accuracy/tallies/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup } from '../../data'
import { compareCosts, makeCostEstimate } from '../costs/rules'
import { foldedCorrections } from '../data'
import { noCounts } from '../rules'
import type {
  ConfusionPair,
  CorrectionFilter,
  CorrectionKind,
  CorrectionOverview,
  CorrectionStatus,
} from '../schema'

/** What was suggested against what is right, with what each pair costs and what is left to do about it. */
export async function getOverview(
  member: Member,
  filter: CorrectionFilter,
): Promise<CorrectionOverview> {
  const [pairs, run, choices] = await Promise.all([
    countPairs(member, filter),
    findRunInForce(member.projectId),
    listChoices(member),
  ])
  const tallies = run ? await listTallies([run.id]) : []
  const estimate = makeCostEstimate(tallies)
  return {
    pairs: pairs.map((pair) => ({ ...pair, cost: estimate(pair) })).sort(compareCosts),
    run: run && {
      version: run.setup.version.number,
      cases: countCases(tallies),
      standIn: run.standIn,
    },
    ...choices,
  }
}

const countCases = (rows: readonly TallyRow[]) => rows.reduce((sum, { n }) => sum + n, 0)

async function countPairs(
  member: Member,
  filter: CorrectionFilter,
): Promise<Omit<ConfusionPair, 'cost'>[]> {
  type Group = {
    kind: CorrectionKind
    suggestedId: string | null
    rightId: string | null
    state: CorrectionStatus
    folds: number
    total: number
  }
  const groups = await db.$queryRaw<Group[]>`
    ${foldedCorrections(member, filter)}
    SELECT kind, "suggestedId", "rightId", state, (count(*) FILTER (WHERE nth = 1))::int AS folds,
      count(*)::int AS total
    FROM folded GROUP BY 1, 2, 3, 4`
  const pairs = new Map<string, Omit<ConfusionPair, 'cost'>>()
  for (const { kind, suggestedId, rightId, state, folds, total } of groups) {
    const key = `${kind} ${suggestedId} ${rightId}`
    const pair = pairs.get(key) ?? { kind, suggestedId, rightId, total: 0, counts: noCounts() }
    pair.total += total
    pair.counts[state] += folds
    pairs.set(key, pair)
  }
  return [...pairs.values()]
}

/** The run of the set-up in force that labelled most of the example pool; the newest of equals. */
async function findRunInForce(projectId: string) {
  const released = await findReleasedSetup(projectId)
  if (!released) return null
  return db.run.findFirst({
    where: {
      ...{ setupId: released.setupId, pool: 'example', purpose: 'label', standing: false },
      done: { gt: 0 },
    },
    orderBy: [{ done: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      standIn: true,
      setup: { select: { version: { select: { number: true } } } },
    },
  })
}

/** Whose suggestions were corrected and by whom, whatever the filter. */
async function listChoices(
  member: Member,
): Promise<Pick<CorrectionOverview, 'versions' | 'reviewers'>> {
  const found = await db.$queryRaw<{ versionNumber: number | null; reviewerId: string }[]>`
    ${foldedCorrections(member, {})} SELECT DISTINCT "versionNumber", "reviewerId" FROM folded`
  const ids = [...new Set(found.map(({ reviewerId }) => reviewerId))]
  const people = await namePeople(ids)
  const numbers = found.flatMap(({ versionNumber }) => versionNumber ?? [])
  return {
    versions: [...new Set(numbers)].sort((a, b) => b - a),
    reviewers: ids
      .map((id) => ({ id, name: people.get(id) ?? 'Someone who left' }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  }
}

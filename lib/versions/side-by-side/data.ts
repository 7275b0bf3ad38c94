import type { Run } from '@/generated/prisma/client'
import { countPairs, type PairCounts } from '@/lib/accuracy/comparison/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findOwnRun } from '@/lib/runs/own/data'
import { findVersionByRef, getPromptContent } from '../data'
import { contentHash } from '../fingerprint/rules'
import { renderSections } from '../rendering/rules'
import { asPair } from '../trials/rules'
import { scoreAlone, viewRun } from '../trials/runs/data'
import { countShared } from '../trials/shared/data'
import { judgeTogether } from './rules'
import type { Side, SideBySideInput, SideBySideView } from './schema'

/**
 * Several versions against one baseline on dev, each by its own run of what it says now. Only counts:
 * no case can be told from it. Throws not-found.
 */
export async function getSideBySide(
  member: Member,
  { base, of }: SideBySideInput,
): Promise<SideBySideView> {
  const { projectId } = member
  const dev = { projectId, pool: 'dev', archivedAt: null } as const
  const [first, found, devCases, labelledDevCases] = await Promise.all([
    findSide(projectId, base),
    Promise.all(of.map((ref) => findSide(projectId, ref))),
    db.case.count({ where: dev }),
    db.case.count({ where: { ...dev, finalLabel: { isNot: null } } }),
  ])
  const others = found.filter(({ view }) => view.id !== first.view.id)
  const pairs = await Promise.all(others.map(({ run }) => compareRuns(first.run, run)))
  const comparisons = judgeTogether(pairs)
  return {
    base: first.view,
    candidates: others.map(({ view }, at) => ({ ...view, comparison: comparisons[at] ?? null })),
    devCases,
    labelledDevCases,
  }
}

async function findSide(projectId: string, ref: string): Promise<{ view: Side; run: Run | null }> {
  const { id, number } = await findVersionByRef(projectId, ref)
  const [version, content] = await Promise.all([
    db.version.findUniqueOrThrow({
      where: { id },
      select: { note: true, parent: { select: { id: true, number: true } } },
    }),
    getPromptContent(projectId, id),
  ])
  const run = await findOwnRun(projectId, id, contentHash(content))
  return {
    run,
    view: {
      ...{ id, number, parent: version.parent, note: version.note },
      promptTokens: renderSections(content).reduce((sum, { tokens }) => sum + tokens, 0),
      run: run && (await viewRun(run)),
      accuracy: run?.status === 'done' ? (await scoreAlone(run.id)).exact : null,
    },
  }
}

/** On the labelled cases of dev that both answered and that count for both; null without two whole runs. */
async function compareRuns(base: Run | null, run: Run | null): Promise<PairCounts | null> {
  if (base?.status !== 'done' || run?.status !== 'done') return null
  return countPairs((await countShared(base.id, run.id)).map(asPair), 'exact').total
}

import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { estimateRun } from '../../estimates/data'
import { DEFAULT_LIMIT } from '../../limits/rules'
import { AT_WORK, findOwnRun } from '../../own/data'
import { findPrices } from '../../prices/data'
import { markOf } from '../../prices/marks/rules'
import { computeCost, readPinnedPrice } from '../../prices/rules'
import { countInUse, listParts, tokensOf } from '../rules'
import type { EffectEstimate, StartEffectsInput } from '../schema'

/** What a study would take, before anything is begun. Throws not-found. */
export async function estimateEffects(
  member: Member,
  ref: string,
  { unit, limit }: StartEffectsInput,
): Promise<EffectEstimate> {
  const { projectId } = member
  const { id: versionId } = await findVersionByRef(projectId, ref)
  const content = await getPromptContent(projectId, versionId)
  const base = await findOwnRun(projectId, versionId, contentHash(content), db, AT_WORK)
  const run = await estimateRun(member, {
    ...{ versionId, pool: 'dev' },
    limit: base ? base.caseLimit : DEFAULT_LIMIT,
  })
  const parts = listParts(content, unit)
  const labelled = base
    ? await countLabelledOf(base.id)
    : await countLabelledFirst(projectId, DEFAULT_LIMIT)
  const cases = Math.min(labelled, limit ?? labelled)
  const baseCases = base ? 0 : run.cases
  const calls = cases * parts.length + baseCases
  const perCase = (amount: number) => (run.cases > 0 ? amount / run.cases : 0)
  const saved = parts.reduce((sum, ids) => sum + tokensOf(content, ids), 0) * cases
  const use = {
    inputTokens: Math.max(0, Math.round(perCase(run.inputTokens) * calls - saved)),
    outputTokens: Math.round(perCase(run.outputTokens) * calls),
  }
  // A study goes on under the price of the run it is compared with.
  const price = base ? readPinnedPrice(base) : (await findPrices(projectId, content.model)).price
  return {
    ...{ modelId: run.modelId, standIn: run.standIn, measured: run.measured },
    ...{ parts: parts.length, cases, baseCases, calls, ...use },
    cost: price && computeCost({ ...use, cacheReadTokens: 0, cacheWriteTokens: 0 }, price),
    priced: markOf(price),
    durationMs: Math.ceil(perCase(run.durationMs) * calls),
    obstacle: run.obstacle ?? explainNothing(countInUse(content), cases),
  }
}

function explainNothing(examples: number, cases: number): string | null {
  if (examples === 0) return 'This version has no example in use. Add one, or switch one on.'
  if (cases > 0) return null
  return 'None of the cases of dev that this version is tried on has a final label, so nothing could be told from them. Review cases of dev first.'
}

async function countLabelledOf(runId: string): Promise<number> {
  return db.runItem.count({
    where: { runId, counts: true, case: { archivedAt: null, finalLabel: { isNot: null } } },
  })
}

/** Of the first cases of dev, those with a final label. */
async function countLabelledFirst(projectId: string, limit: number): Promise<number> {
  const first = await db.case.findMany({
    where: { projectId, pool: 'dev', archivedAt: null, quarantinedAt: null },
    orderBy: [{ rank: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { finalLabel: { select: { caseId: true } } },
  })
  return first.filter(({ finalLabel }) => finalLabel !== null).length
}

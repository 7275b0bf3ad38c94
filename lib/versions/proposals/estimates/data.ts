import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findPrice } from '@/lib/runs/prices/data'
import { markOf } from '@/lib/runs/prices/marks/rules'
import { computeCost } from '@/lib/runs/prices/rules'
import { listVersionCategories } from '../../data'
import { estimateTokens } from '../../rendering/rules'
import { findOpenDraft, listCostlyPairs, readPairMaterial } from '../data'
import { prepareRuleRequest } from '../drafting/rules'
import { findOutcome } from '../rules'
import type { RulesEstimate } from '../schema'

/**
 * What it would take to have the model draft a rule for each costly pair that has none, from the very
 * requests. Throws not-found, and `conflict` for a version that is frozen.
 */
export async function estimateRules(member: Member, versionId: string): Promise<RulesEstimate> {
  const { rules, model } = await findOpenDraft(member.projectId, versionId)
  const [categories, pairs, proposals] = await Promise.all([
    listVersionCategories(versionId),
    listCostlyPairs(member),
    db.proposal.findMany({ where: { projectId: member.projectId, versionId } }),
  ])
  const former = proposals.map(({ text }) => text)
  const requests = await Promise.all(
    pairs
      .filter((pair) => findOutcome(pair, proposals) === null)
      .flatMap((pair) => {
        const categoryOf = (id: string) => categories.find(({ categoryId }) => categoryId === id)
        const [suggested, right] = [categoryOf(pair.suggestedId), categoryOf(pair.rightId)]
        return suggested && right ? [{ pair, suggested, right }] : []
      })
      .map(async ({ pair, suggested, right }) => {
        const { corrections, precedents } = await readPairMaterial(member, pair)
        return prepareRuleRequest(
          {
            ...{ suggested, right, rules, former, corrections },
            precedents: precedents.map(({ sentence }) => sentence),
          },
          model,
        )
      }),
  )
  const texts = requests.flatMap(({ system, messages }) => [
    ...system.flatMap((one) => ('text' in one ? one.text : [])),
    ...messages.flatMap(({ content }) => content.map(({ text }) => text)),
  ])
  const use = {
    inputTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0),
    outputTokens: requests.reduce((sum, one) => sum + one.inferenceConfig.maxTokens, 0),
  }
  const price = await findPrice(member.projectId, model.modelId)
  return {
    ...{ modelId: model.modelId, calls: requests.length, ...use },
    cost: price && computeCost({ ...use, cacheReadTokens: 0, cacheWriteTokens: 0 }, price),
    priced: markOf(price),
  }
}

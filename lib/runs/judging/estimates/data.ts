import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { getPromptContent } from '@/lib/versions/data'
import { estimateTokens } from '@/lib/versions/rendering/rules'
import { estimateDuration } from '../../concurrency/rules'
import { findObstacle, MARKUP, measureCalls, shareFixedPart } from '../../estimates/data'
import { findNoModel, findWindow } from '../../models/rules'
import { findPrice } from '../../prices/data'
import { markOf } from '../../prices/marks/rules'
import { computeCost } from '../../prices/rules'
import { getJudgedRun, judgeable } from '../data'
import { contentOfJudge, prepareJudging, renderJudge, roomOfJudge } from '../prompts/rules'
import type { JudgingEstimate, JudgingEstimateInput } from '../schema'

/** What a second opinion on a run would take, before anything is begun. Throws as `startJudging`. */
export async function estimateJudging(
  { projectId }: Member,
  runId: string,
  { modelId, versionId }: JudgingEstimateInput,
): Promise<JudgingEstimate> {
  await getJudgedRun(projectId, runId)
  const content = contentOfJudge(await getPromptContent(projectId, versionId), modelId)
  const window = findWindow(modelId)
  const standIn = isStandIn()
  const [texts, usual] = await Promise.all([
    measureSuggestions(runId, roomOfJudge(content, window)),
    measureCalls({ projectId, modelId, standIn, purpose: 'judge' }),
  ])
  const { cases, characters } = texts
  const outputTokens = cases * Math.min(usual.outputTokens, content.model.maxTokens)
  const use = {
    ...shareFixedPart(modelId, estimateTokens(renderJudge(content)), cases),
    outputTokens,
  }
  use.inputTokens += Math.ceil(characters / 4)
  const price = await findPrice(projectId, modelId)
  return {
    ...{ modelId, standIn, cases, outputTokens, measured: usual.measured },
    inputTokens: use.inputTokens + use.cacheReadTokens + use.cacheWriteTokens,
    cost: price && computeCost(use, price),
    priced: markOf(price),
    durationMs: estimateDuration(cases, usual.latencyMs, usual.mostInFlight),
    obstacle:
      findNoModel(modelId, standIn) ??
      explain(cases, content.categories.length, () => prepareJudging(content, window)),
  }
}

function explain(cases: number, categories: number, prepare: () => unknown): string | null {
  if (cases === 0)
    return 'This run has no suggestion with a valid label: there is nothing to judge.'
  if (categories < 2) return 'The version needs at least two categories. Choose another one.'
  return findObstacle(prepare)
}

async function measureSuggestions(
  runId: string,
  room: number,
): Promise<{ cases: number; characters: number }> {
  const [measure] = await db.$queryRaw<{ cases: number; characters: number }[]>`
    SELECT count(*)::int AS cases, coalesce(sum(
      least(c.characters + ${MARKUP}, ${Math.max(room, 0)}) + length(s.explanation)
    ), 0)::float8 AS characters
    FROM "Suggestion" s JOIN "Case" c ON c.id = s."caseId"
    WHERE ${judgeable(runId)}`
  return measure ?? { cases: 0, characters: 0 }
}

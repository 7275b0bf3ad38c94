import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { listCasesInHand } from '@/lib/versions/playground/data'
import { promptContent } from '@/lib/versions/rendering/schema'
import { isPriced } from '../prices/rules'
import { listReplaced } from '../redaction/data'
import type { CaseCall } from '../schema'
import { listOpenCases } from '../suggestions/data'
import { rebuildRequest } from './rules'

const LISTED_CALLS = 100

/**
 * Every call about a case, newest first, with the exact request and the raw answer: not where they tell
 * of another case that this person may still be asked about. The caller has made sure that they may see
 * the case's suggestions, and records what they see; of test cases there are none to see.
 */
export async function listCallsOfCase(
  { projectId, userId }: Member,
  caseId: string,
): Promise<CaseCall[]> {
  const calls = await db.call.findMany({
    where: {
      run: { projectId, purpose: 'label', pool: { not: 'test' } },
      cases: { some: { caseId } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: LISTED_CALLS,
    include: {
      run: {
        select: {
          content: true,
          ...{ standIn: true, price: true },
          setup: { select: { version: { select: { number: true } } } },
        },
      },
      suggestions: { where: { caseId } },
      cases: { where: { caseId: { not: caseId } }, select: { caseId: true } },
    },
  })
  const othersOf = (call: (typeof calls)[number]) => [
    ...call.cases.map((other) => other.caseId),
    ...call.similarIds,
  ]
  const others = [...new Set(calls.flatMap(othersOf))]
  const [names, open, inHand, replaced] = await Promise.all([
    nameCategories(projectId),
    listOpenCases(others, userId),
    listCasesInHand(userId),
    listReplaced(
      caseId,
      calls.map(({ runId }) => runId),
    ),
  ])
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const closed = new Set([...others.filter((id) => !open.has(id)), ...inHand])
  return calls.map((call): CaseCall => {
    const {
      run,
      suggestions: [suggestion],
    } = call
    const tellsOfIds = [...new Set(othersOf(call))]
    const shown = !tellsOfIds.some((id) => closed.has(id))
    const { request, exact } = rebuildRequest(promptContent.parse(run.content), call)
    return {
      id: call.id,
      runId: call.runId,
      versionNumber: run.setup.version.number,
      standIn: run.standIn,
      at: call.at.toISOString(),
      status: call.status,
      request: shown ? JSON.stringify(request, null, 2) : null,
      exact,
      tellsOfIds: shown ? tellsOfIds : [],
      replaced: replaced.get(call.runId) ?? [],
      rawAnswer: shown ? call.rawAnswer : null,
      stopReason: call.stopReason,
      error: call.errorName && `${call.errorName}: ${call.errorMessage ?? ''}`,
      attempts: call.attempts,
      inputTokens: call.inputTokens,
      cachedTokens: call.cacheReadTokens + call.cacheWriteTokens,
      outputTokens: call.outputTokens,
      latencyMs: call.latencyMs,
      cost: isPriced(run) ? Number(call.cost) : null,
      suggestion: suggestion
        ? {
            status: suggestion.status,
            label: nameOf(suggestion.labelId),
            labelText: suggestion.labelText,
            explanation: suggestion.explanation,
            evidence: suggestion.evidence,
            inputCut: suggestion.inputCut,
          }
        : null,
    }
  })
}

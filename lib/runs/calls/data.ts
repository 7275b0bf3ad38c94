import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { promptContent } from '@/lib/versions/rendering/schema'
import { listReplaced } from '../redaction/data'
import type { CaseCall } from '../schema'
import { rebuildRequest } from './rules'

const LISTED_CALLS = 100

/**
 * Every call about a case, newest first, with the exact request and the raw answer. The caller has
 * made sure that this person may see the case's suggestions; of test cases there are none to see.
 */
export async function listCallsOfCase({ projectId }: Member, caseId: string): Promise<CaseCall[]> {
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
          standIn: true,
          setup: { select: { version: { select: { number: true } } } },
        },
      },
      suggestions: { where: { caseId } },
    },
  })
  const [names, replaced] = await Promise.all([
    nameCategories(projectId),
    listReplaced(
      caseId,
      calls.map(({ runId }) => runId),
    ),
  ])
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  return calls.map(({ run, suggestions: [suggestion], ...call }) => {
    const { request, exact } = rebuildRequest(promptContent.parse(run.content), call)
    return {
      id: call.id,
      runId: call.runId,
      versionNumber: run.setup.version.number,
      standIn: run.standIn,
      at: call.at.toISOString(),
      status: call.status,
      request: JSON.stringify(request, null, 2),
      exact,
      replaced: replaced.get(call.runId) ?? [],
      similarIds: call.similarIds,
      rawAnswer: call.rawAnswer,
      stopReason: call.stopReason,
      error: call.errorName && `${call.errorName}: ${call.errorMessage ?? ''}`,
      attempts: call.attempts,
      inputTokens: call.inputTokens,
      outputTokens: call.outputTokens,
      latencyMs: call.latencyMs,
      cost: Number(call.cost),
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

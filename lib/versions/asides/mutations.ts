import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { tryCall } from '@/lib/runs/calls/jobs'
import { findPrice } from '@/lib/runs/models/rules'
import { explainAsideFailure } from './rules'
import type { Aside, AsideAnswer } from './schema'

/** Someone waits for the answer: longer than this nobody does. */
const LONGEST_WAIT_MS = 60_000

/**
 * Asks the model once, outside any run, and keeps request and answer. Throws `unavailable` with what to
 * do when no answer came; the failed call is kept too. An answer that was cut off or refused is an
 * answer: `stopReason` says so.
 */
export async function askAside(
  member: Member,
  { purpose, versionId, caseId, request }: Aside,
): Promise<AsideAnswer> {
  const standIn = isStandIn()
  const { modelId } = request
  const price = findPrice(modelId, standIn) ?? { priceIn: 0, priceOut: 0 }
  const { record, failure } = await tryCall(request, price, AbortSignal.timeout(LONGEST_WAIT_MS))
  const { request: _, ...outcome } = record
  const stored = await db.asideCall.create({
    data: {
      ...outcome,
      projectId: member.projectId,
      askedById: member.userId,
      purpose,
      versionId,
      caseId,
      // Nothing pins the fixed part of such a request, so it is kept whole.
      request,
      modelId,
      standIn,
    },
  })
  if (failure) throw new AppError('unavailable', explainAsideFailure(failure))
  return {
    callId: stored.id,
    text: stored.rawAnswer ?? '',
    stopReason: stored.stopReason,
    modelId,
    standIn,
    inputTokens: stored.inputTokens,
    outputTokens: stored.outputTokens,
    latencyMs: stored.latencyMs,
    cost: Number(stored.cost),
  }
}

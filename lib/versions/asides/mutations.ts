import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { tryCall } from '@/lib/runs/calls/jobs'
import { findPrice } from '@/lib/runs/prices/data'
import { markOf } from '@/lib/runs/prices/marks/rules'
import { explainAsideFailure, MOST_CALLS_A_MINUTE } from './rules'
import type { Aside, AsideAnswer } from './schema'

/** Someone waits for the answer: longer than this nobody does. */
const LONGEST_WAIT_MS = 60_000

const MINUTE_MS = 60_000
/** What one person has this server ask at the moment; what has ended is counted in the database. */
const atWork = new Map<string, number>()
const MOST_AT_ONCE = 3

/** Lets a person's asking begin, unless they have asked too often; the returned function ends it. */
export async function enterAsking({ projectId, userId }: Member): Promise<() => void> {
  const asked = await db.asideCall.count({
    where: { projectId, askedById: userId, at: { gt: new Date(Date.now() - MINUTE_MS) } },
  })
  const others = atWork.get(userId) ?? 0
  if (asked >= MOST_CALLS_A_MINUTE || others >= MOST_AT_ONCE) {
    throw new AppError(
      'too_many',
      'You have asked the model very often within a minute. Nothing is lost: wait a moment and ask again.',
    )
  }
  atWork.set(userId, others + 1)
  return () => {
    const left = (atWork.get(userId) ?? 1) - 1
    if (left > 0) atWork.set(userId, left)
    else atWork.delete(userId)
  }
}

/**
 * Asks the model once, outside any run, and keeps request and answer. Throws `too_many`, or
 * `unavailable` with what to do when no answer came; the failed call is kept too. An answer that was cut
 * off or refused is an answer: `stopReason` says so.
 */
export async function askAside(member: Member, aside: Aside): Promise<AsideAnswer> {
  const leave = await enterAsking(member)
  try {
    return await askEntered(member, aside)
  } finally {
    leave()
  }
}

/** The same for whoever has entered already and asks more than once. */
export async function askEntered(
  member: Member,
  { purpose, versionId, caseId, tellsOfIds, request }: Aside,
): Promise<AsideAnswer> {
  const standIn = isStandIn()
  const { modelId } = request
  const price = await findPrice(member.projectId, modelId)
  const { record, failure } = await tryCall(request, price, AbortSignal.timeout(LONGEST_WAIT_MS))
  const { request: _, ...outcome } = record
  const stored = await db.asideCall.create({
    data: {
      ...outcome,
      cost: price ? outcome.cost : null,
      projectId: member.projectId,
      askedById: member.userId,
      purpose,
      versionId,
      caseId,
      tellsOfIds,
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
    cachedTokens: stored.cacheReadTokens + stored.cacheWriteTokens,
    outputTokens: stored.outputTokens,
    latencyMs: stored.latencyMs,
    cost: stored.cost === null ? null : Number(stored.cost),
    priced: markOf(price),
  }
}

import type { Prisma } from '@/generated/prisma/client'
import { db, type Tx } from '@/lib/platform/database'

type CallCaseRow = Omit<Prisma.CallCaseCreateManyInput, 'callId'>

/** A call with the cases that it was about. */
export type CallRow = Prisma.CallCreateManyInput & { cases: CallCaseRow[] }

export type SuggestionRow = Prisma.SuggestionCreateManyInput

export type JudgementRow = Prisma.JudgementCreateManyInput

/** What became of one item. */
export type CaseOutcome = {
  caseId: string
  /** Null: the run stops before this case has one, or it makes none. */
  suggestion: SuggestionRow | null
  /** Of a run that judges. */
  judgement?: JudgementRow
  /** Why no answer came; null when one did. */
  error: string | null
}

/** What came of asking about one case, or about those of a pack. */
export type Outcome = { calls: CallRow[]; cases: CaseOutcome[] }

/**
 * Writes what a worker has got, in one transaction. The item is the guard: only who moves it on from
 * "waiting" writes the suggestion or judgement, so there is one per run and case even where a lease ran out and
 * two workers asked. Calls are kept in any case: they were paid for. Writing the same outcomes again,
 * after a commit whose answer was lost, changes nothing.
 */
export async function saveOutcomes(runId: string, outcomes: readonly Outcome[]): Promise<void> {
  await db.$transaction(async (tx) => {
    const calls = await insertCalls(tx, outcomes)
    const ending = outcomes.flatMap(({ cases }) =>
      cases.filter(({ suggestion, judgement }) => suggestion !== null || judgement !== undefined),
    )
    const ended = await endItems(tx, runId, ending)
    const won = ending.filter(({ caseId }) => ended.has(caseId))
    const suggestions = won.flatMap(({ suggestion }) => suggestion ?? [])
    if (suggestions.length > 0) await tx.suggestion.createMany({ data: suggestions })
    const judgements = won.flatMap(({ judgement }) => judgement ?? [])
    if (judgements.length > 0) await tx.judgement.createMany({ data: judgements })
    const failed = won.filter(({ error }) => error !== null).length
    // Another worker ended these with calls of its own; without new calls they were written before.
    const twice = calls.length > 0 ? ending.length - won.length : 0
    // Last, as the run's row is shared by all workers: it is locked only until the commit.
    await tx.run.update({
      where: { id: runId },
      data: {
        done: { increment: won.length - failed },
        failed: { increment: failed },
        doubtful: { increment: twice },
        calls: { increment: calls.length },
        retries: {
          increment: sum(calls, ({ attempts, status }) => attempts - Number(status === 'ok')),
        },
        inputTokens: { increment: sum(calls, ({ inputTokens }) => inputTokens) },
        outputTokens: { increment: sum(calls, ({ outputTokens }) => outputTokens) },
        cacheReadTokens: { increment: sum(calls, ({ cacheReadTokens }) => cacheReadTokens) },
        cacheWriteTokens: { increment: sum(calls, ({ cacheWriteTokens }) => cacheWriteTokens) },
        cost: { increment: sum(calls, ({ cost }) => Number(cost)) },
      },
    })
  })
}

async function insertCalls(tx: Tx, outcomes: readonly Outcome[]) {
  const rows = outcomes.flatMap(({ calls }) => calls)
  if (rows.length === 0) return []
  const inserted = await tx.call.createManyAndReturn({
    data: rows.map(({ cases: _, ...call }) => call),
    skipDuplicates: true,
    select: {
      ...{ attempts: true, status: true, inputTokens: true, outputTokens: true, cost: true },
      ...{ cacheReadTokens: true, cacheWriteTokens: true },
    },
  })
  await tx.callCase.createMany({
    data: rows.flatMap(({ id, cases }) => cases.map((one) => ({ ...one, callId: id }))),
    skipDuplicates: true,
  })
  return inserted
}

/** The cases that were still waiting and are ended now. */
async function endItems(
  tx: Tx,
  runId: string,
  ending: readonly CaseOutcome[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ caseId: string }[]>`
    UPDATE "RunItem" i
    SET status = (CASE WHEN o.error IS NULL THEN 'done' ELSE 'failed' END)::"RunItemStatus",
      "lastError" = o.error, holder = NULL, "leaseUntil" = NULL
    FROM unnest(
      ${ending.map(({ caseId }) => caseId)}::uuid[],
      ${ending.map(({ error }) => error)}::text[]
    ) AS o("caseId", error)
    WHERE i."runId" = ${runId}::uuid AND i."caseId" = o."caseId" AND i.status = 'waiting'
    RETURNING i."caseId"`
  return new Set(rows.map(({ caseId }) => caseId))
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}

/** Adds cases whose calls were cut off, and which will be asked again. */
export async function countDoubtful(runId: string, cases: number): Promise<void> {
  await db.run.update({ where: { id: runId }, data: { doubtful: { increment: cases } } })
}

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/**
 * Ends a run, once, and sets its counts to what the rows say; false where it had ended before. What
 * another worker still writes afterwards is added by that worker.
 */
export async function endRun(runId: string, { status, message }: End): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const ended = await tx.run.updateMany({
      where: { id: runId, status: { in: ['queued', 'running', 'paused', 'stopping'] } },
      data: { status, finishedAt: new Date(), ...(message === undefined ? {} : { message }) },
    })
    if (ended.count === 0) return false
    // A statement of its own: it sees all that was committed before the run's row was locked.
    await tx.$executeRaw`
      UPDATE "Run" r SET
        done = items.done, failed = items.failed, calls = asked.calls, retries = asked.retries,
        "inputTokens" = asked.input, "outputTokens" = asked.output, cost = asked.cost,
        "cacheReadTokens" = asked.read, "cacheWriteTokens" = asked.written
      FROM
        (SELECT count(*) FILTER (WHERE status = 'done') AS done,
          count(*) FILTER (WHERE status = 'failed') AS failed
        FROM "RunItem" WHERE "runId" = ${runId}::uuid) items,
        (SELECT count(*) AS calls,
          coalesce(sum(attempts), 0) - count(*) FILTER (WHERE status = 'ok') AS retries,
          coalesce(sum("cacheReadTokens"), 0) AS read,
          coalesce(sum("cacheWriteTokens"), 0) AS written,
          coalesce(sum("inputTokens"), 0) AS input, coalesce(sum("outputTokens"), 0) AS output,
          coalesce(sum(cost), 0) AS cost
        FROM "Call" WHERE "runId" = ${runId}::uuid) asked
      WHERE r.id = ${runId}::uuid`
    return true
  })
}

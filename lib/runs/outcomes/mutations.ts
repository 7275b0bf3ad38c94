import type { Prisma } from '@/generated/prisma/client'
import { db, type Tx } from '@/lib/platform/database'

/** What became of one item: its calls, and its suggestion when it is ended. */
export type Outcome = {
  caseId: string
  calls: Prisma.CallCreateManyInput[]
  /** Null: the run stops before this case has one. */
  suggestion: Prisma.SuggestionCreateManyInput | null
  /** Why no answer came; null when one did. */
  error: string | null
}

/**
 * Writes what a worker has got, in one transaction. The item is the guard: only who moves it on from
 * "waiting" writes the suggestion, so there is one per run and case even where a lease ran out and
 * two workers asked. Calls are kept in any case: they were paid for. Writing the same outcomes again,
 * after a commit whose answer was lost, changes nothing.
 */
export async function saveOutcomes(runId: string, outcomes: readonly Outcome[]): Promise<void> {
  await db.$transaction(async (tx) => {
    const calls = await insertCalls(tx, outcomes)
    const ended = await endItems(tx, runId, outcomes)
    const won = outcomes.filter(({ caseId }) => ended.has(caseId))
    const suggestions = won.flatMap(({ suggestion }) => suggestion ?? [])
    if (suggestions.length > 0) await tx.suggestion.createMany({ data: suggestions })
    const failed = won.filter(({ error }) => error !== null).length
    // Last, as the run's row is shared by all workers: it is locked only until the commit.
    await tx.run.update({
      where: { id: runId },
      data: {
        done: { increment: won.length - failed },
        failed: { increment: failed },
        calls: { increment: calls.length },
        retries: {
          increment: sum(calls, ({ attempts }) => attempts) - countFirstTries(outcomes, ended),
        },
        inputTokens: { increment: sum(calls, ({ inputTokens }) => inputTokens) },
        outputTokens: { increment: sum(calls, ({ outputTokens }) => outputTokens) },
        cost: { increment: sum(calls, ({ cost }) => Number(cost)) },
      },
    })
  })
}

/** Cases asked for the first time here; another worker's case, asked again, is all repeats. */
function countFirstTries(outcomes: readonly Outcome[], ended: ReadonlySet<string>): number {
  const first = outcomes.filter(
    ({ caseId, suggestion, calls }) =>
      calls.length > 0 && (suggestion === null || ended.has(caseId)),
  )
  return first.length
}

async function insertCalls(tx: Tx, outcomes: readonly Outcome[]) {
  const data = outcomes.flatMap(({ calls }) => calls)
  if (data.length === 0) return []
  const inserted = await tx.call.createManyAndReturn({
    data,
    skipDuplicates: true,
    select: { attempts: true, inputTokens: true, outputTokens: true, cost: true },
  })
  await tx.callCase.createMany({
    data: outcomes.flatMap(({ caseId, calls }) => calls.map(({ id }) => ({ callId: id, caseId }))),
    skipDuplicates: true,
  })
  return inserted
}

/** The cases that were still waiting and are ended now. */
async function endItems(
  tx: Tx,
  runId: string,
  outcomes: readonly Outcome[],
): Promise<ReadonlySet<string>> {
  const ending = outcomes.filter(({ suggestion }) => suggestion !== null)
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

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/**
 * Ends a run, once, and sets its counts to what the rows say; false where it had ended before. What
 * another worker still writes afterwards is added by that worker.
 */
export async function endRun(runId: string, { status, message }: End): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const ended = await tx.run.updateMany({
      where: { id: runId, status: { in: ['queued', 'running', 'stopping'] } },
      data: { status, finishedAt: new Date(), ...(message === undefined ? {} : { message }) },
    })
    if (ended.count === 0) return false
    // A statement of its own: it sees all that was committed before the run's row was locked.
    await tx.$executeRaw`
      UPDATE "Run" r SET
        done = items.done, failed = items.failed, calls = asked.calls,
        retries = asked.tries - first.tries,
        "inputTokens" = asked.input, "outputTokens" = asked.output, cost = asked.cost
      FROM
        (SELECT count(*) FILTER (WHERE status = 'done') AS done,
          count(*) FILTER (WHERE status = 'failed') AS failed
        FROM "RunItem" WHERE "runId" = ${runId}::uuid) items,
        (SELECT count(*) AS calls, coalesce(sum(attempts), 0) AS tries,
          coalesce(sum("inputTokens"), 0) AS input, coalesce(sum("outputTokens"), 0) AS output,
          coalesce(sum(cost), 0) AS cost
        FROM "Call" WHERE "runId" = ${runId}::uuid) asked,
        (SELECT count(DISTINCT a."caseId") AS tries
        FROM "CallCase" a JOIN "Call" c ON c.id = a."callId"
        WHERE c."runId" = ${runId}::uuid) first
      WHERE r.id = ${runId}::uuid`
    return true
  })
}

import type { Prisma } from '@/generated/prisma/client'
import { db, type Tx } from '@/lib/platform/database'

type CallCaseRow = Omit<Prisma.CallCaseCreateManyInput, 'callId'>

/** A call with the cases that it was about. */
export type CallRow = Prisma.CallCreateManyInput & {
  cases: CallCaseRow[]
  /** Tries within it whose connection broke: they may have been paid for. */
  brokenOff?: number
}

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
    await insertSuggestions(tx, suggestions)
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
        doubtful: { increment: twice + sum(calls, ({ brokenOff }) => brokenOff) },
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

type InsertedCall = {
  brokenOff: number
  attempts: number
  status: 'ok' | 'failed'
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
  cost: bigint
}

/**
 * Many rows go as one parameter: as parameters of their own, a thousand rows take several times as long.
 * A call that is there already stays as it is.
 */
async function insertCalls(tx: Tx, outcomes: readonly Outcome[]): Promise<InsertedCall[]> {
  const rows = outcomes.flatMap(({ calls }) => calls)
  if (rows.length === 0) return []
  const calls = rows.map(({ cases: _, brokenOff: __, ...call }) => call)
  const inserted = await tx.$queryRaw<(Omit<InsertedCall, 'brokenOff'> & { id: string })[]>`
    INSERT INTO "Call" (id, "runId", kind, batch, status, request, "requestHash", "similarIds",
      "similarLabelIds", "rawAnswer", "stopReason", "errorName", "errorMessage", attempts,
      "inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens", "latencyMs", cost, at)
    SELECT id, "runId", coalesce(kind, 'ask'), coalesce(batch, false), status, request,
      "requestHash", coalesce("similarIds", '{}'), coalesce("similarLabelIds", '{}'), "rawAnswer",
      "stopReason", "errorName", "errorMessage", coalesce(attempts, 1),
      coalesce("inputTokens", 0), coalesce("outputTokens", 0), coalesce("cacheReadTokens", 0),
      coalesce("cacheWriteTokens", 0), coalesce("latencyMs", 0), coalesce(cost, 0),
      coalesce(at, now())
    FROM json_to_recordset(${JSON.stringify(calls)}::json) AS r(id uuid, "runId" uuid,
      kind "CallKind", batch boolean, status "CallStatus", request jsonb, "requestHash" text,
      "similarIds" uuid[], "similarLabelIds" uuid[], "rawAnswer" text, "stopReason" text,
      "errorName" text, "errorMessage" text, attempts int, "inputTokens" int,
      "outputTokens" int, "cacheReadTokens" int, "cacheWriteTokens" int, "latencyMs" int,
      cost bigint, at timestamptz)
    ON CONFLICT DO NOTHING
    RETURNING id, attempts, status, "inputTokens", "outputTokens", "cacheReadTokens",
      "cacheWriteTokens", cost`
  const cases = rows.flatMap(({ id, cases }) => cases.map((one) => ({ ...one, callId: id })))
  await tx.$executeRaw`
    INSERT INTO "CallCase" ("callId", "caseId", position, reading)
    SELECT "callId", "caseId", coalesce(position, 0), reading
    FROM json_to_recordset(${JSON.stringify(cases)}::json) AS r("callId" uuid, "caseId" uuid,
      position int, reading "CallReading")
    ON CONFLICT DO NOTHING`
  const brokenOff = new Map(rows.map((row) => [row.id, row.brokenOff ?? 0]))
  return inserted.map(({ id, ...call }) => ({ ...call, brokenOff: brokenOff.get(id) ?? 0 }))
}

async function insertSuggestions(tx: Tx, suggestions: readonly SuggestionRow[]): Promise<void> {
  if (suggestions.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Suggestion" (id, "runId", "caseId", "callId", status, "labelId", "labelText",
      explanation, evidence, "inputCut", counts, position, at)
    SELECT id, "runId", "caseId", "callId", status, "labelId", "labelText",
      coalesce(explanation, ''), coalesce(evidence, ''), coalesce("inputCut", false),
      coalesce(counts, true), coalesce(position, 0), coalesce(at, now())
    FROM json_to_recordset(${JSON.stringify(suggestions)}::json) AS r(id uuid, "runId" uuid,
      "caseId" uuid, "callId" uuid, status "SuggestionStatus", "labelId" uuid, "labelText" text,
      explanation text, evidence text, "inputCut" boolean, counts boolean, position int,
      at timestamptz)`
}

/**
 * The cases that were still waiting and are ended now. Their rows are locked first, found by their key:
 * with the status among the conditions the planner may go through all that wait.
 */
async function endItems(
  tx: Tx,
  runId: string,
  ending: readonly CaseOutcome[],
): Promise<ReadonlySet<string>> {
  const errors = new Map(ending.map(({ caseId, error }) => [caseId, error]))
  const held = await tx.$queryRaw<{ caseId: string; at: string; isWaiting: boolean }[]>`
    SELECT "caseId", ctid::text AS at, status = 'waiting' AS "isWaiting" FROM "RunItem"
    WHERE "runId" = ${runId}::uuid AND "caseId" = ANY(${[...errors.keys()]}::uuid[])
    ORDER BY "caseId"
    FOR UPDATE`
  const waiting = held.filter(({ isWaiting }) => isWaiting)
  await tx.$executeRaw`
    UPDATE "RunItem" i
    SET status = (CASE WHEN o.error IS NULL THEN 'done' ELSE 'failed' END)::"RunItemStatus",
      "lastError" = o.error, holder = NULL, "leaseUntil" = NULL
    FROM unnest(
      ${waiting.map(({ at }) => at)}::text[]::tid[],
      ${waiting.map(({ caseId }) => errors.get(caseId) ?? null)}::text[]
    ) AS o(at, error)
    WHERE i.ctid = o.at`
  return new Set(waiting.map(({ caseId }) => caseId))
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}

/** Adds cases whose calls were cut off, and which will be asked again. */
export async function countDoubtful(runId: string, cases: number): Promise<void> {
  await db.run.update({ where: { id: runId }, data: { doubtful: { increment: cases } } })
}

/** Long enough to count a million items. */
const END_TIMEOUT_MS = 120_000

type End = { status: 'done' | 'stopped' | 'failed'; message?: string }

/**
 * Ends a run, once, and sets its counts to what the rows say; false where it had ended before. What
 * another worker still writes afterwards is added by that worker.
 */
export async function endRun(runId: string, { status, message }: End): Promise<boolean> {
  const ended = await db.$transaction(
    async (tx) => {
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
    },
    { timeout: END_TIMEOUT_MS },
  )
  if (ended) await describeRows(runId)
  return ended
}

const MANY = 1_000

/**
 * Tells the planner of a large run's rows. Of a run that is newer than the statistics it believes that
 * there is one of each, and whatever compares two runs would take each row of one with each of the other.
 */
async function describeRows(runId: string): Promise<void> {
  const large = await db.run.count({ where: { id: runId, items: { gte: MANY } } })
  if (large > 0)
    await db.$executeRaw`ANALYZE "RunItem" ("runId"), "Suggestion" ("runId"), "Call" ("runId")`
}

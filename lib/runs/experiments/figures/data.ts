import { Prisma } from '@/generated/prisma/client'
import { rightExactly } from '@/lib/accuracy/rightness/data'
import { describeAccuracy } from '@/lib/accuracy/rules'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun } from '@/lib/accuracy/tallies/rules'
import { db } from '@/lib/platform/database'
import { markOf } from '../../prices/marks/rules'
import { isPriced, readPinnedPrice } from '../../prices/rules'
import type { CellFigures } from '../schema'

/** A finished run, as its cell shows it. */
export type FinishedRun = Prisma.RunGetPayload<{ select: typeof FINISHED_RUN }>

export const FINISHED_RUN = {
  ...{ id: true, modelId: true, standIn: true, done: true, failed: true, calls: true, cost: true },
  ...{ inputTokens: true, outputTokens: true, cacheReadTokens: true, cacheWriteTokens: true },
  ...{ workedMs: true, price: true },
} as const satisfies Prisma.RunSelect

/**
 * What finished runs show, by run id; `flips` is the cell's own affair. Only counts: no case can be told
 * from it. A few statements, however many runs there are.
 */
export async function measureRuns(
  runs: readonly FinishedRun[],
): Promise<Map<string, Omit<CellFigures, 'flips'>>> {
  const ids = runs.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const [tallies, answers, readings, latencies, positions] = await Promise.all([
    listTallies(ids),
    countAnswers(ids),
    countReadings(ids),
    measureLatencies(ids),
    countPositions(ids),
  ])
  const of = <Row extends { runId: string }>(rows: readonly Row[], id: string) =>
    rows.filter(({ runId }) => runId === id)
  return new Map(
    runs.map((run) => {
      const { tally, unlabelled } = scoreRun(of(tallies, run.id))
      const { exact, countingCloseCalls } = describeAccuracy(tally)
      const [said] = of(answers, run.id)
      const [latency] = of(latencies, run.id)
      const reading = (name: string) =>
        of(readings, run.id).find((row) => row.reading === name)?.n ?? 0
      const read = said?.read ?? 0
      return [
        run.id,
        {
          ...{ runId: run.id, exact, countingCloseCalls, unlabelled },
          parsing: { n: read, of: said?.cases ?? 0 },
          final: { n: said?.valid ?? 0, of: said?.cases ?? 0 },
          content: { n: said?.filled ?? 0, of: FIELDS * read },
          offList: said?.offList ?? 0,
          ...{ absent: reading('absent'), duplicate: reading('duplicate') },
          ...measureUse(run),
          latency: latency ? toLatency(latency) : null,
          positions: of(positions, run.id).map(({ runId: _, ...position }) => position),
        },
      ]
    }),
  )
}

function measureUse(run: FinishedRun) {
  const cases = run.done + run.failed
  const perThousand = (amount: number) => (cases === 0 ? 0 : (amount / cases) * 1_000)
  const minutes = Number(run.workedMs) / 60_000
  const tokens = {
    inputTokens: Number(run.inputTokens),
    outputTokens: Number(run.outputTokens),
    cacheReadTokens: Number(run.cacheReadTokens),
    cacheWriteTokens: Number(run.cacheWriteTokens),
  }
  return {
    ...{ calls: run.calls, ...tokens },
    tokensPerThousand: perThousand(Object.values(tokens).reduce((sum, n) => sum + n, 0)),
    costPerThousand: isPriced(run) ? perThousand(Number(run.cost)) : null,
    priced: markOf(readPinnedPrice(run)),
    casesPerMinute: minutes > 0 ? cases / minutes : null,
  }
}

/** Label, explanation and evidence: what an answer is asked for. */
const FIELDS = 3

type Answers = {
  runId: string
  cases: number
  read: number
  valid: number
  offList: number
  filled: number
}

const isFilled = (field: Prisma.Sql) =>
  Prisma.sql`(trim(coalesce(${field}, '')) <> '' AND upper(trim(${field})) NOT IN ('N/A', 'NA', 'NONE', '-'))::int`

function countAnswers(runIds: string[]): Promise<Answers[]> {
  return db.$queryRaw<Answers[]>`
    SELECT "runId", count(*)::int AS cases,
      (count(*) FILTER (WHERE status IN ('parsed', 'repaired', 'off_list')))::int AS read,
      (count(*) FILTER (WHERE status IN ('parsed', 'repaired')))::int AS valid,
      (count(*) FILTER (WHERE status = 'off_list'))::int AS "offList",
      coalesce(sum(${isFilled(Prisma.sql`"labelText"`)} + ${isFilled(Prisma.sql`explanation`)}
        + ${isFilled(Prisma.sql`evidence`)})
        FILTER (WHERE status IN ('parsed', 'repaired', 'off_list')), 0)::int AS filled
    FROM "Suggestion" WHERE "runId" = ANY(${runIds}::uuid[])
    GROUP BY 1`
}

function countReadings(runIds: string[]) {
  return db.$queryRaw<{ runId: string; reading: string; n: number }[]>`
    SELECT a."runId", k.reading::text, count(*)::int AS n
    FROM "Call" a JOIN "CallCase" k ON k."callId" = a.id
    WHERE a."runId" = ANY(${runIds}::uuid[]) AND a.kind = 'ask' AND k.reading IN ('absent', 'duplicate')
    GROUP BY 1, 2`
}

type Latencies = { runId: string; call: number[]; case: number[] }

const toLatency = ({ call, case: each }: Latencies): CellFigures['latency'] => ({
  call: call[0] ?? 0,
  callP95: call[1] ?? 0,
  case: each[0] ?? 0,
  caseP95: each[1] ?? 0,
})

function measureLatencies(runIds: string[]): Promise<Latencies[]> {
  return db.$queryRaw<Latencies[]>`
    SELECT c."runId", c.call, e.case
    FROM (
      SELECT "runId", percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY "latencyMs") AS call
      FROM "Call" WHERE "runId" = ANY(${runIds}::uuid[]) AND status = 'ok' AND kind = 'ask' AND NOT batch
      GROUP BY 1
    ) c
    JOIN (
      SELECT "runId", percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY share) AS case
      FROM (
        SELECT a."runId", a."latencyMs"::float8 / count(*) OVER (PARTITION BY a.id) AS share
        FROM "Call" a JOIN "CallCase" k ON k."callId" = a.id
        WHERE a."runId" = ANY(${runIds}::uuid[]) AND a.status = 'ok' AND a.kind = 'ask'
          AND NOT a.batch
      ) shared
      GROUP BY 1
    ) e ON e."runId" = c."runId"`
}

/**
 * By the place in the pack that a case was first asked in. Cases that were asked again (answered twice,
 * or in a smaller pack) are left out: mostly those of late places are, and there they stand first.
 */
function countPositions(runIds: string[]) {
  return db.$queryRaw<{ runId: string; position: number; n: number; right: number }[]>`
    WITH asked AS (
      SELECT a."runId", k."caseId", a.status, count(*) OVER (PARTITION BY a.id) AS size
      FROM "Call" a JOIN "CallCase" k ON k."callId" = a.id
      WHERE a."runId" = ANY(${runIds}::uuid[]) AND a.kind = 'ask'
    ), again AS (
      SELECT "runId", "caseId" FROM asked GROUP BY 1, 2
      HAVING count(*) FILTER (WHERE status = 'ok') > 1 OR min(size) < max(size)
    )
    SELECT s."runId", s.position, count(*)::int AS n,
      (count(*) FILTER (WHERE ${rightExactly(Prisma.sql`s."labelId"`, Prisma.sql`f."labelId"`)}))::int
        AS right
    FROM "Suggestion" s
    JOIN "FinalLabel" f ON f."caseId" = s."caseId"
    LEFT JOIN again g ON g."runId" = s."runId" AND g."caseId" = s."caseId"
    WHERE s."runId" = ANY(${runIds}::uuid[]) AND s.counts AND g."caseId" IS NULL
    GROUP BY 1, 2 ORDER BY 1, 2`
}

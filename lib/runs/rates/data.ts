import type { Run } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { measureProgress, measureWork } from '../rules'
import type { RunView } from '../schema'

const WINDOW_MS = 30_000
/** Calls that are looked at for a rate: of a fast run, those of the last few seconds are enough. */
const MOST_CALLS = 2_000

type Rated = Pick<Run, 'id' | 'items' | 'done' | 'failed' | 'workingSince' | 'workedMs'> & {
  packSize: number
}

/** How fast a run is: over all of it while it is not at work, else by its latest calls. */
export async function readRate(
  run: Rated,
  now = new Date(),
): Promise<Pick<RunView, 'ratePerMinute' | 'timeLeftMs'>> {
  const ended = run.done + run.failed
  const left = run.items - ended
  const { workingSince } = run
  const workedMs = measureWork(run, now)
  if (workingSince === null) {
    return { ...measureProgress({ workedMs, ended, left }), timeLeftMs: null }
  }
  // Began, or goes on after a pause, so lately that a window would reach back beyond that.
  if (now.getTime() - workingSince.getTime() < WINDOW_MS) {
    return measureProgress({ workedMs, ended, left })
  }
  const latest = await readLatest(run, now)
  return measureProgress({ workedMs: latest.ms, ended: latest.cases, left })
}

/** Cases of the latest calls that brought an answer, and the time that these go back. */
async function readLatest(
  { id, packSize }: Rated,
  now: Date,
): Promise<{ cases: number; ms: number }> {
  const from = new Date(now.getTime() - WINDOW_MS)
  const most = Math.ceil(MOST_CALLS / packSize)
  const [latest] = await db.$queryRaw<{ calls: number; cases: number; since: Date | null }[]>`
    WITH latest AS MATERIALIZED (
      SELECT id, at FROM "Call"
      WHERE "runId" = ${id}::uuid AND status = 'ok' AND at > ${from}
      ORDER BY at DESC LIMIT ${most}
    )
    SELECT count(*)::int AS calls, min(at) AS since,
      coalesce(sum((SELECT count(*) FROM "CallCase" WHERE "callId" = latest.id)), 0)::int AS cases
    FROM latest`
  const { calls = 0, cases = 0, since = null } = latest ?? {}
  const ms = calls < most || since === null ? WINDOW_MS : now.getTime() - since.getTime()
  return { cases, ms }
}

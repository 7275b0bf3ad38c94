import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { getReviewSettings } from '../settings/data'
import {
  BACK_IN_RANDOM_ORDER,
  countFinalLabels,
  listProjectsToPlan,
  listWaitingCases,
  movable,
} from './data'
import { planPicks, shortfalls } from './rules'
import { type Mark, planReviewsJob } from './schema'

/** Cases moved at once: a claim finds no more than these locked, and steps over them. */
const CHUNK = 100

/** Longer than it takes until the next sweep, so that nothing falls in between. */
const RECENT_MINUTES = 5

/** Brings the marks of a project up to date. Running it again changes nothing. */
export const planReviews: Job<{ projectId: string }> = {
  ...planReviewsJob,
  run: ({ projectId }, signal) => planProject(projectId, signal),
}

/** For now and then: wherever people review, a run has ended or a set-up was released. */
export async function sweepPlans(): Promise<void> {
  for (const projectId of await listProjectsToPlan(RECENT_MINUTES)) {
    await enqueue(planReviewsJob, projectId, { projectId })
  }
}

/**
 * Marks the example pool's free cases that are worth a look before their turn, and puts back those
 * marked earlier that no longer are. Others review meanwhile: what is taken at that very moment is left
 * as it is.
 */
export async function planProject(projectId: string, signal?: AbortSignal): Promise<void> {
  const [settings, project, labels, waiting] = await Promise.all([
    getReviewSettings(projectId),
    db.project.findUnique({ where: { id: projectId }, select: { targetPerCategory: true } }),
    countFinalLabels(projectId),
    listWaitingCases(projectId),
  ])
  if (!project) return
  const lacking = shortfalls(labels, project.targetPerCategory)
  const picks = planPicks(waiting, { pairCap: settings.pairCap, lacking })
  const picked = new Set(picks.map(({ caseId }) => caseId))
  const back = waiting.filter(({ caseId, marked }) => marked && !picked.has(caseId))
  for (const some of chunks(back)) {
    if (signal?.aborted) return
    await putBack(
      projectId,
      some.map(({ caseId }) => caseId),
    )
  }
  for (const some of chunks(picks)) {
    if (signal?.aborted) return
    await mark(projectId, some)
  }
}

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, at) =>
    items.slice(at * CHUNK, (at + 1) * CHUNK),
  )

async function mark(projectId: string, picks: readonly Mark[]): Promise<void> {
  await db.$executeRaw`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(picks)}::jsonb) AS w(
        "caseId" uuid, selection "Selection", place float8, risk float8, "aimedAtId" uuid)
    ), free AS (
      SELECT a.id, w.selection, w.place, w.risk, w."aimedAtId"
      FROM wanted w JOIN "Assignment" a ON a."caseId" = w."caseId"
      WHERE ${movable(projectId)} AND a.lane IN ('random', 'targeted') AND (
        (a.lane, a.selection, a.place) IS DISTINCT FROM ('targeted'::"Lane", w.selection, w.place)
        OR (a.risk, a."aimedAtId") IS DISTINCT FROM (w.risk, w."aimedAtId"))
      FOR UPDATE OF a SKIP LOCKED
    )
    UPDATE "Assignment" a SET lane = 'targeted', selection = free.selection, place = free.place,
      risk = free.risk, "aimedAtId" = free."aimedAtId"
    FROM free WHERE a.id = free.id`
}

async function putBack(projectId: string, caseIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    WITH free AS (
      SELECT a.id FROM "Assignment" a
      WHERE a."caseId" = ANY(${caseIds}::uuid[]) AND ${movable(projectId)} AND a.lane = 'targeted'
      FOR UPDATE OF a SKIP LOCKED
    )
    UPDATE "Assignment" a SET ${BACK_IN_RANDOM_ORDER}
    FROM free WHERE a.id = free.id`
}

import { setTimeout as wait } from 'node:timers/promises'
import { askToFoldTallies, foldTalliesJob } from '@/lib/accuracy/tallies/jobs'
import { poolWaitingCases, resumeImports, runImports } from '@/lib/cases/imports/jobs'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { beat } from '@/lib/platform/health'
import { newId } from '@/lib/platform/ids'
import { type AnyJob, workOn } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { sweepHandouts } from '@/lib/reviews/handouts/jobs'
import { planReviews, sweepPlans } from '@/lib/reviews/plan/jobs'
import { askToFoldReviewCounts, foldReviewCountsJob } from '@/lib/reviews/progress/jobs'
import { openAssignments, showSuggestions, sweepAssignments } from '@/lib/reviews/queue/jobs'
import { resumeCategoryChanges, settleCategories } from '@/lib/reviews/recall/jobs'
import { askToReadFinishedTexts, readFinishedTexts } from '@/lib/reviews/similar/jobs'
import { batchJob } from '@/lib/runs/batches/jobs'
import { effectsJob, resumeEffects, resumeQuietEffects } from '@/lib/runs/effects/jobs'
import {
  experimentJob,
  resumeExperiments,
  resumeQuietExperiments,
} from '@/lib/runs/experiments/jobs'
import { labelJob, resumeQuietRuns, resumeRuns } from '@/lib/runs/jobs'
import { draftRulesJob, resumeWantedRules } from '@/lib/versions/proposals/jobs'
import { enqueueUnscoredTests, scoreTest } from '@/lib/versions/releases/jobs'

/** Everything the worker can do. A domain adds its jobs here. */
const JOBS: readonly AnyJob[] = [
  runImports,
  poolWaitingCases,
  labelJob,
  batchJob,
  effectsJob,
  experimentJob,
  openAssignments,
  settleCategories,
  readFinishedTexts,
  planReviews,
  showSuggestions,
  foldReviewCountsJob,
  foldTalliesJob,
  scoreTest,
  draftRulesJob,
]
/**
 * What takes up work that was left behind: by a killed worker at the start, and from then on by a web
 * server that ended between a commit and its job, and by jobs that were given up.
 */
const AT_START = [
  resumeImports,
  resumeRuns,
  resumeEffects,
  resumeWantedRules,
  resumeExperiments,
  resumeCategoryChanges,
  sweepAssignments,
  enqueueUnscoredTests,
]
const SWEEPS = [
  {
    everyMs: 60_000,
    sweeps: [
      resumeQuietRuns,
      resumeQuietEffects,
      resumeWantedRules,
      resumeQuietExperiments,
      resumeCategoryChanges,
      askToFoldTallies,
      askToFoldReviewCounts,
      sweepPlans,
      sweepHandouts,
      askToReadFinishedTexts,
    ],
  },
  { everyMs: 10 * 60_000, sweeps: [resumeImports, sweepAssignments, enqueueUnscoredTests] },
]

const BEAT_MS = 2_000

env()
const workerId = newId()
const parent = process.ppid
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

const stop = await workOn(JOBS)
for (const sweep of AT_START) await sweep()
log.info({ workerId }, 'worker started')
const sweptAt = SWEEPS.map(() => Date.now())

while (!stopping.signal.aborted) {
  try {
    await beat(workerId)
    for (const [index, { everyMs, sweeps }] of SWEEPS.entries()) {
      if (Date.now() - (sweptAt[index] ?? 0) < everyMs) continue
      sweptAt[index] = Date.now()
      for (const sweep of sweeps) await sweep()
    }
  } catch (error) {
    log.warn({ error }, 'no heartbeat or sweep: the database does not answer')
  }
  await wait(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
  // The launcher died without stopping us: nobody would ever do it.
  if (process.ppid !== parent) stopping.abort()
}

await stop()
await db.workerBeat.deleteMany({ where: { id: workerId } })
await db.$disconnect()
process.exit(0)

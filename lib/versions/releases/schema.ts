import { z } from 'zod'
import { versionName, versionRef } from '../schema'

/**
 * Scores a finished test run; whoever ends one puts it into the queue, keyed by the run's id.
 * `asked`: a person wants the score now, however few cases have their labels.
 */
export const SCORE_TEST: {
  readonly name: string
  readonly data?: { runId: string; asked?: boolean }
} = {
  name: 'versions.score-test',
}

/**
 * A test run scores itself only from this many labelled cases, or when all have their labels: the
 * score is published once, so it should not be spent on the first few.
 */
export const FEWEST_TEST_CASES = 20

export const releaseInput = z.object({
  version: versionRef,
  reason: z.string().trim().max(2_000).nullish(),
})

/** What the comparison on test says: figures only, never a case. */
export const testVerdict = z.object({
  /** Null for the first set-up, which has nothing to be compared with. */
  comparison: z
    .object({
      n: z.number(),
      onlyOld: z.number(),
      onlyNew: z.number(),
      gain: z.number(),
      threshold: z.number(),
      midP: z.number(),
    })
    .nullable(),
  /** The Ladder rule shows this set-up's own score. */
  published: z.boolean(),
  /** Published, and mid-p below .05; the first set-up passes as it is. */
  passed: z.boolean(),
})

/** What a member may see of it: without the counts of a comparison that was not published. */
const testScoreView = z.object({
  n: z.number(),
  exact: z.number(),
  countingCloseCalls: z.number(),
  low: z.number(),
  high: z.number(),
  published: z.boolean(),
  passed: z.boolean(),
  baseline: versionName.nullable(),
  gain: z.number().nullable(),
  midP: z.number().nullable(),
  standIn: z.boolean(),
  at: z.string(),
})

const gateView = z.object({
  version: versionName,
  setupId: z.string().nullable(),
  frozen: z.boolean(),
  test: z.object({
    state: z.enum(['none', 'running', 'unscored', 'failed', 'scored']),
    runId: z.string().nullable(),
    done: z.number(),
    items: z.number(),
    score: testScoreView.nullable(),
  }),
  /** Cases of the test pool that have a final label. */
  labelledTestCases: z.number(),
  /** Enough of them for the score to come by itself. */
  scoresItself: z.boolean(),
  /** In force now. */
  released: z.boolean(),
  /** The version in force; null while nothing is released. */
  inForce: versionName.nullable(),
  /** The version in force has a test run or a score: there is something to beat. */
  inForceTested: z.boolean(),
  way: z.enum(['release', 'first', 'roll_back', 'override', 'not_frozen', 'in_force']),
  /** May this member go that way? */
  allowed: z.boolean(),
})

const releaseView = z.object({
  id: z.string(),
  version: versionName,
  by: z.string().nullable(),
  reason: z.string().nullable(),
  releasedAt: z.string(),
  endedAt: z.string().nullable(),
})

export type TestVerdict = z.infer<typeof testVerdict>
export type TestScoreView = z.infer<typeof testScoreView>
export type GateView = z.infer<typeof gateView>
export type ReleaseView = z.infer<typeof releaseView>

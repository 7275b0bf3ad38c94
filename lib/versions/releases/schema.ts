import { z } from 'zod'
import { categoryCheck, conditions, ruleInForce } from '../gate/schema'
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

export const releaseInput = z.object({
  version: versionRef,
  reason: z.string().trim().max(2_000).nullish(),
  /** Let it label the example pool right away. */
  label: z.boolean().default(false),
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
  /** Published, and all conditions hold with every run; the first set-up passes as it is. */
  passed: z.boolean(),
  /** The rule it was judged by; null for scores from before there was one to set. */
  rule: ruleInForce.nullable().default(null),
  conditions: conditions.default([]),
  categories: z.array(categoryCheck).default([]),
  /** Labels that differ between the two identical runs. */
  flips: z.object({ n: z.number(), flipped: z.number() }).nullable().default(null),
  /**
   * What the gate says of the set-up that it was compared with, as if that had been tested second: only
   * where that was the first of all, with nothing to beat. A yes or no: more would give this score away.
   */
  ofBaseline: z.object({ passed: z.boolean() }).nullable().default(null),
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
  rule: ruleInForce.nullable(),
  conditions,
  /** Empty where the score is kept back. */
  categories: z.array(categoryCheck.extend({ name: z.string() })),
  flips: z.object({ n: z.number(), flipped: z.number() }).nullable(),
})

const gateView = z.object({
  version: versionName,
  setupId: z.string().nullable(),
  frozen: z.boolean(),
  test: z.object({
    /** `incomplete`: it takes another run, as the rule now asks for two. */
    state: z.enum(['none', 'running', 'unscored', 'incomplete', 'failed', 'scored']),
    /** Over all its runs. */
    done: z.number(),
    items: z.number(),
    score: testScoreView.nullable(),
    /** It has a score of the other kind of model, which decides nothing here. */
    scoredByOther: z.boolean(),
  }),
  /** What decides over the next test. */
  rule: ruleInForce,
  /** New work is answered by the local stand-in: its tests count, and only these. */
  standIn: z.boolean(),
  /** Cases of the test pool that have a final label. */
  labelledTestCases: z.number(),
  /** Enough of them for the score to come by itself. */
  scoresItself: z.boolean(),
  /** In force now. */
  released: z.boolean(),
  /** The version in force; null while nothing is released. */
  inForce: versionName.nullable(),
  /** The version whose score is the best so far; null while nothing is published. */
  best: versionName.nullable(),
  /** Versions that have been tested on the pool, or are under way, by the kind of model that answers now. */
  testsSpent: z.number(),
  /** Should be tested before this one, so that there is a score to beat. */
  testFirst: versionName.nullable(),
  /** See `Late`; null unless the version was tested before there was a score to beat. */
  late: z.enum(['wait', 'passed', 'not_passed', 'too_late']).nullable(),
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

import { z } from 'zod'

const points = z.number('A number of points.').min(0, 'At least 0.')

/** What a tested set-up must show before it is released; see the model of the same name. */
export const gateRule = z.object({
  /** Points: 5 is five points. */
  minGain: points.max(50, 'At most 50 points.'),
  /** Points; 100 for any number. */
  maxCategoryLoss: points.max(100, 'At most 100 points.'),
  minCases: z.int('A whole number.').min(1, 'At least 1.').max(100_000, 'At most 100,000.'),
  twoRuns: z.boolean(),
})

/** The rule with what else decides: a category with fewer cases than this is not judged. */
export const ruleInForce = gateRule.extend({ minCategoryCases: z.number() })

const condition = z.object({
  kind: z.enum(['cases', 'clear', 'gain', 'chance', 'categories', 'repeat']),
  /** `kept back`: told by nobody, as it would give the score away. */
  state: z.enum(['pass', 'fail', 'too few to tell', 'kept back']),
})

/** How a category does on test: figures only. `gain` is a share, .05 is 5 points. */
export const categoryCheck = z.object({
  categoryId: z.string(),
  n: z.number(),
  gain: z.number(),
  state: z.enum(['pass', 'fail', 'too few to tell']),
})

export const conditions = z.array(condition)

/** What the test pool of a project can prove before anything is tested; shares are 0..1. */
const reach = z.object({
  /** Cases of the test pool with a final label. */
  n: z.number(),
  rule: ruleInForce,
  /** Share of the cases that only one of the two gets right. */
  differing: z.number(),
  /** Measured on dev against this version; null where it is only assumed. */
  measuredAgainst: z.object({ number: z.number().nullable(), n: z.number() }).nullable(),
  /** There is a trial on dev, but of what one of the two said before: it measures nothing here. */
  olderTrial: z.boolean(),
  /** Passes the whole gate four times in five on that many cases, or on the fewest the rule allows. */
  smallestGain: z.number().nullable(),
  /** A smaller gain, and how many labelled cases it takes; null where more than can be had. */
  wished: z.object({ gain: z.number(), cases: z.number().nullable() }),
})

export type GateRule = z.infer<typeof gateRule>
export type RuleInForce = z.infer<typeof ruleInForce>
export type Condition = z.infer<typeof condition>
export type CategoryCheck = z.infer<typeof categoryCheck>
export type Reach = z.infer<typeof reach>

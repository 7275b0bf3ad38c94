import { type Compared, ladder, mcnemar } from '@/lib/accuracy/comparison/rules'
import { checkRun, holdAll } from '../gate/rules'
import type { Condition, RuleInForce } from '../gate/schema'
import { nameVersion } from '../rules'
import type { VersionName } from '../schema'
import { describeProbability } from '../trials/rules'
import { describeLate } from './late/rules'
import type { GateView, ReleaseView, TestScoreView, TestVerdict } from './schema'

/** A shorter reason is no reason. */
export const SHORTEST_REASON = 10

/**
 * The Ladder rule decides whether a test score is shown at all, the project's rule whether the set-up
 * passes: with every run. `runs`: the first one, whose score is published, and its repeats, each
 * against the best so far; empty for the first set-up, which is shown and passes as it is.
 */
export function judgeTest(rule: RuleInForce, runs: readonly Compared[]): TestVerdict {
  const [first, ...repeats] = runs
  if (!first) {
    const nothing = { ...NOTHING_MORE, comparison: null, conditions: [], categories: [] }
    return { ...nothing, published: true, passed: true, rule }
  }
  const { gain, threshold, publish } = ladder(first.total)
  const { midP } = mcnemar(first.total)
  const { conditions, categories } = checkRun(rule, first)
  const repeated = repeats.every((run) => holdAll(checkRun(rule, run).conditions))
  const all: Condition[] = [...conditions]
  if (rule.twoRuns) {
    all.push({ kind: 'repeat', state: repeats.length > 0 && repeated ? 'pass' : 'fail' })
  }
  return {
    comparison: { ...first.total, gain, threshold, midP },
    published: publish,
    passed: holdAll(all),
    rule,
    conditions: all,
    categories,
    ...NOTHING_MORE,
  }
}

/** What is known only beside the comparison itself. */
const NOTHING_MORE = { flips: null, ofBaseline: null }

/**
 * The conditions as they may be told. Of a score that the Ladder rule keeps back only what everybody
 * may know is told: that it did not come out ahead, and whether there were enough cases.
 */
export function tellConditions({ published, conditions }: TestVerdict): Condition[] {
  if (published) return conditions
  return conditions.map((one) =>
    one.kind === 'cases' || one.kind === 'clear' ? one : { ...one, state: 'kept back' },
  )
}

export type GateFacts = {
  frozen: boolean
  inForce: boolean
  /** Some set-up of the project is in force. */
  anyInForce: boolean
  releasedBefore: boolean
  verdict: TestVerdict | null
  /** No other set-up has published a higher score since. */
  bestSoFar: boolean
  late: GateView['late']
}

/**
 * How a set-up may come into force. The first of a project has nothing to be better than. A set-up
 * that was in force before may come back at once. Any other must have passed the gate, against a
 * set-up and not for want of one: where it was tested first of all, against the one in force, tested
 * later. Else only an override is left, with a reason.
 */
export function chooseWay(facts: GateFacts): GateView['way'] {
  if (!facts.frozen) return 'not_frozen'
  if (facts.inForce) return 'in_force'
  if (!facts.anyInForce) return 'first'
  if (facts.releasedBefore) return 'roll_back'
  const { verdict, bestSoFar, late } = facts
  const hasPassed = verdict?.comparison ? verdict.passed : late === 'passed'
  return hasPassed && bestSoFar ? 'release' : 'override'
}

const percentPoints = (share: number) => (share * 100).toFixed(1)

/** What a test score says, in a sentence or two. */
export function describeScore(score: TestScoreView): string {
  const { published, passed, baseline, gain, midP } = score
  if (!baseline) return 'The first version that was tested: there was nothing to compare it with.'
  const rival = `v${baseline.number}`
  if (!published) {
    return `No clear gain over ${rival}, so the score shown is still the best so far.`
  }
  const figures = `${percentPoints(gain ?? 0)} points more than ${rival}`
  if (passed) return `${figures}: a gain this large would be rare between equal versions.`
  const p = `mid-p ${describeProbability(midP ?? 1)}`
  return fails(score, 'chance')
    ? `${figures}, but equal versions differ this much too often (${p}).`
    : `${figures} (${p}), but not every condition of the gate holds.`
}

/** How much of a test is chance: one number, of all cases. */
export function describeFlips({ flips }: TestScoreView): string {
  if (!flips || flips.n === 0) return ''
  const share = `${((flips.flipped / flips.n) * 100).toFixed(1)} %`
  return `${share} of the labels differ between its two identical runs.`
}

/** Ids of the releases, the newest of each version, whose version can come back: not in force now. */
export function listComebacks(releases: readonly ReleaseView[]): Set<string> {
  const inForce = releases.find(({ endedAt }) => endedAt === null)?.version.id
  const seen = new Set([inForce])
  const comebacks = new Set<string>()
  for (const { id, version } of releases) {
    if (seen.has(version.id)) continue
    seen.add(version.id)
    comebacks.add(id)
  }
  return comebacks
}

/** What the button says that brings back what was in force before: an older version, or a newer again. */
export const nameReturn = (version: VersionName, inForce: VersionName | null): string =>
  (version.number ?? 0) < (inForce?.number ?? Number.POSITIVE_INFINITY)
    ? `Roll back to ${nameVersion(version)}`
    : `Release ${nameVersion(version)} again`

const fails = ({ conditions }: TestScoreView, kind: Condition['kind']) =>
  conditions.some((one) => one.kind === kind && one.state === 'fail')

function whyNot(score: TestScoreView | null): string {
  if (!score) return 'has not been tested yet'
  if (!score.passed) return 'has not passed the gate'
  return score.baseline
    ? 'passed the gate, but another version has published a higher score since'
    : 'was tested before there was a score to beat'
}

function describeOverride(allowed: boolean, isThereAnother: boolean): string {
  if (allowed) return `You can ${isThereAnother ? 'also ' : ''}release it with a written reason.`
  return `${isThereAnother ? 'Without that only' : 'Only'} a manager can release it, with a written reason.`
}

/** What stands between the version and its release, for the person who looks at it. */
export function describeWay({ version, way, allowed, inForce, test, late }: GateView): string {
  const name = `v${version.number}`
  const rival = inForce ? `v${inForce.number}` : 'the one in force'
  switch (way) {
    case 'not_frozen':
      return 'Freeze the draft first.'
    case 'in_force':
      return `${name} is in force.`
    case 'first':
      return `Nothing is released yet, so ${name} has nothing to be better than.`
    case 'roll_back':
      return `${name} was in force before and can come back at once, in place of ${rival}.`
    case 'release':
      return `${name} has passed the gate${late ? `, against ${rival}, which was tested after it` : ''}. It takes the place of ${rival} at once for all new work.`
    case 'override': {
      const why = [`${name} ${whyNot(test.score)}.`, describeLate(late, name, rival)]
      return [...why, describeOverride(allowed, late === 'wait')]
        .filter((sentence) => sentence !== '')
        .join(' ')
    }
  }
}

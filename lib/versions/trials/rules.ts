import { countPairs, type PairedCount } from '@/lib/accuracy/comparison/rules'
import { flipNoise } from '@/lib/accuracy/flips/rules'
import { type Counting, describeAccuracy, isRight, scoreAnswers } from '@/lib/accuracy/rules'
import { bestOfEqual } from '@/lib/accuracy/selection/rules'
import { judgeCategories, judgeTrial } from '@/lib/accuracy/trials/rules'
import type { TrialResult, TrialRun, TrialView } from './schema'

/** Cases that both runs answered, with equal final labels and equal answers, counted together. */
export type SharedCount = {
  labelId: string
  secondLabelId: string | null
  oldLabelId: string | null
  newLabelId: string | null
  n: number
}

type Category = { id: string; name: string }

/**
 * Everything a trial shows but the cases themselves. Categories come in the given order, without
 * those that no shared case has.
 */
export function compareOnDev(
  shared: readonly SharedCount[],
  categories: readonly Category[],
  options: { standIn: boolean; minCategoryCases: number },
): TrialResult {
  const { byCategory } = countPairs(shared.map(asPair), 'exact')
  const judged = judgeCategories(byCategory, options.minCategoryCases)
  return {
    standIn: options.standIn,
    n: shared.reduce((sum, { n }) => sum + n, 0),
    exact: compare(shared, 'exact'),
    countingCloseCalls: compare(shared, 'countingCloseCalls'),
    categories: categories.flatMap(({ id, name }) => {
      const judgement = judged.find(({ categoryId }) => categoryId === id)
      if (!judgement) return []
      const own = shared.filter(({ labelId }) => labelId === id)
      const right = (side: 'oldLabelId' | 'newLabelId') =>
        own.reduce((sum, one) => sum + (isRight(one[side], one).exact ? one.n : 0), 0)
      return [
        { ...judgement, name, parentRight: right('oldLabelId'), draftRight: right('newLabelId') },
      ]
    }),
  }
}

export const asPair = ({ oldLabelId, newLabelId, n, ...truth }: SharedCount): PairedCount => ({
  ...{ truth, oldAnswer: oldLabelId, newAnswer: newLabelId, n },
})

function compare(shared: readonly SharedCount[], counting: Counting) {
  const score = (side: 'oldLabelId' | 'newLabelId') => {
    const answers = shared.map((one) => ({ answer: one[side], truth: one, count: one.n }))
    return describeAccuracy(scoreAnswers(answers))[counting]
  }
  return {
    parent: score('oldLabelId'),
    draft: score('newLabelId'),
    judgement: judgeTrial(countPairs(shared.map(asPair), counting).total),
  }
}

const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`
const percent = (share: number | null) => `${((share ?? 0) * 100).toFixed(1)} %`
/** ".005", and "below .001" for what would read as nothing. */
export const describeProbability = (p: number): string =>
  p < 0.001 ? 'below .001' : p.toFixed(3).replace(/^0/, '')

/** The verdict as a person would say it: a headline and the figures behind it. */
export function describeTrial(
  result: TrialResult,
  parentName: string,
  noise: number | null = null,
): { headline: string; sentence: string } {
  const { draft, parent, judgement } = result.exact
  const { verdict, gain, interval, midP, moreCases } = judgement
  if (result.n === 0) {
    return {
      headline: 'Cannot tell yet',
      sentence: `None of the cases that both answered has a final label. Review cases of dev first: about 150 tell a large difference.`,
    }
  }
  const figures = `${percent(parent.rate)} → ${percent(draft.rate)} of ${result.n} cases (${points(gain)} points, between ${points(interval.low)} and ${points(interval.high)}).`
  if (verdict !== 'cannot tell yet') {
    const headline = verdict === 'better' ? 'Better than' : 'Worse than'
    return {
      headline: `${headline} ${parentName} on dev`,
      sentence: `${figures} A gap this large would be rare between equal versions (mid-p ${describeProbability(midP)})${besideNoise(gain, noise)}. The test pool has not been touched.`,
    }
  }
  const wanted =
    moreCases === null
      ? 'They are right equally often: there is no difference to be found so far.'
      : `If the gap is real, about ${moreCases.toLocaleString('en-US')} more labelled cases would show it.`
  return {
    headline: `Cannot tell yet whether it is better than ${parentName}`,
    sentence: `${figures} Equal versions often differ this much (mid-p ${describeProbability(midP)}). ${wanted}`,
  }
}

function besideNoise(gain: number, noise: number | null): string {
  if (noise === null || noise === 0) return ''
  return Math.abs(gain) > noise
    ? ' and is beyond what identical runs differ by'
    : `, but identical runs differ by up to ${(noise * 100).toFixed(1)} points as well`
}

/**
 * What chance between identical runs adds to the difference, as ± of a 95 % interval (a share); of
 * both sides the larger. Null before any was run twice.
 */
export function noiseOf({ draftFlips, parentFlips, result }: TrialView): number | null {
  const rates = [draftFlips, parentFlips].flatMap((flips) =>
    flips && flips.n > 0 ? [flips.flipped / flips.n] : [],
  )
  return rates.length > 0 && result ? flipNoise(Math.max(...rates), result.n) : null
}

/** What is known of chance between identical runs of the draft, and what there is to do. */
export function describeRepeat(trial: TrialView, run: TrialRun): string {
  const { draftFlips, result } = trial
  if (!draftFlips || draftFlips.n === 0) {
    const expected = run.standIn
      ? ' The stand-in answers the same each time: 0 differences are expected.'
      : ''
    return `A model may answer the same question otherwise the next time. Label the same cases once more with nothing changed, to see how much of a difference is chance.${expected}`
  }
  const { n, flipped } = draftFlips
  const differ = `${flipped.toLocaleString('en-US')} of ${n.toLocaleString('en-US')} labels differ between two identical runs (${percent(flipped / n)}).`
  if (flipped === 0 && run.standIn) {
    return `${differ} That is expected of the stand-in: it answers the same each time.`
  }
  const noise = flipNoise(flipped / n, result?.n ?? n)
  return `${differ} That alone moves a difference by up to ±${(noise * 100).toFixed(1)} points. A repeat never takes the place of the first run.`
}

/**
 * Gain (a share) that the best of so many equally good versions of one parent seems to have on these
 * cases for being the best of them; null while only one was tried.
 */
export function gainByChoice({ tried, result }: TrialView): number | null {
  if (tried < 2 || !result || result.n === 0) return null
  const { onlyOld, onlyNew, n } = result.exact.judgement
  // Versions that answer alike leave nothing to choice.
  if (onlyOld + onlyNew === 0) return null
  return bestOfEqual({ candidates: tried, differing: (onlyOld + onlyNew) / n, n })
}

/** One of its runs is still at work. */
export function isUnderWay({ draftRun, parentRun, repeatRun }: TrialView): boolean {
  return [draftRun, parentRun, repeatRun].some(
    (run) => run !== null && !['done', 'failed', 'stopped'].includes(run.status),
  )
}

/** The versions that still have to be run on dev, so that the two can be compared as they are now. */
export function listMissingRuns({ version, parent, draftRun, parentRun }: TrialView): string[] {
  const lacks = (run: TrialRun | null) =>
    !run?.current || ['failed', 'stopped'].includes(run.status)
  const differs = draftRun !== null && parentRun !== null && draftRun.standIn !== parentRun.standIn
  return [
    ...(lacks(draftRun) ? [version.id] : []),
    ...(parent && (lacks(parentRun) || differs) ? [parent.id] : []),
  ]
}

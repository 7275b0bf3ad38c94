import { type PairedAnswers, pairAnswers } from '@/lib/accuracy/comparison/rules'
import { type Counting, describeAccuracy, isRight, scoreAnswers } from '@/lib/accuracy/rules'
import { judgeCategories, judgeTrial } from '@/lib/accuracy/trials/rules'
import type { DifferingCase, TrialResult, TrialRun, TrialView } from './schema'

/** A case that both runs answered and that has a final label. */
export type SharedCase = DifferingCase

type Category = { id: string; name: string }

/**
 * Everything a trial shows, from the cases that both sides answered. Categories come in the given
 * order, without those that no shared case has. The lists follow the exact count.
 */
export function compareOnDev(
  cases: readonly SharedCase[],
  categories: readonly Category[],
  options: { standIn: boolean; minCategoryCases: number },
): TrialResult {
  const answers = cases.map(
    (one): PairedAnswers => ({
      caseId: one.caseId,
      truth: one,
      oldAnswer: one.oldLabelId,
      newAnswer: one.newLabelId,
    }),
  )
  const pairing = pairAnswers(answers, 'exact')
  const byId = new Map(cases.map((one) => [one.caseId, one]))
  const list = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? [])
  const judged = judgeCategories(pairing.byCategory, options.minCategoryCases)
  return {
    standIn: options.standIn,
    n: cases.length,
    exact: compare(answers, 'exact'),
    countingCloseCalls: compare(answers, 'countingCloseCalls'),
    fixed: list(pairing.fixed),
    broken: list(pairing.broken),
    categories: categories.flatMap(({ id, name }) => {
      const judgement = judged.find(({ categoryId }) => categoryId === id)
      if (!judgement) return []
      const own = answers.filter(({ truth }) => truth.labelId === id)
      const right = (side: 'oldAnswer' | 'newAnswer') =>
        own.filter((one) => isRight(one[side], one.truth).exact).length
      return [
        { ...judgement, name, parentRight: right('oldAnswer'), draftRight: right('newAnswer') },
      ]
    }),
  }
}

function compare(answers: readonly PairedAnswers[], counting: Counting) {
  const score = (side: 'oldAnswer' | 'newAnswer') =>
    describeAccuracy(scoreAnswers(answers.map((one) => ({ answer: one[side], truth: one.truth }))))[
      counting
    ]
  return {
    parent: score('oldAnswer'),
    draft: score('newAnswer'),
    judgement: judgeTrial(pairAnswers(answers, counting).total),
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
      sentence: `${figures} A gap this large would be rare between equal versions (mid-p ${describeProbability(midP)}). The test pool has not been touched.`,
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

/** The cases that a trial shows with their final labels. */
export const listSeen = ({ result }: TrialView): string[] =>
  result ? [...result.fixed, ...result.broken].map(({ caseId }) => caseId) : []

/** One of its runs is still at work. */
export function isUnderWay({ draftRun, parentRun }: TrialView): boolean {
  return [draftRun, parentRun].some(
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

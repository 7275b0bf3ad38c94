import {
  kappaInterval,
  measureAgreement,
  type PairCount,
} from '@/lib/accuracy/agreement/people/rules'
import { describeShare } from '@/lib/accuracy/rules'
import type { AgainstPeople, Verdict } from '../schema'

/** So many suggestions that people's labels call right or wrong, and of which the judge said this. */
export type JudgedCount = { right: boolean; verdict: Verdict; n: number }

/** People are the measure, the judge is what is measured. `unsure` is no verdict and stands beside. */
export function measureAgainstPeople(counts: readonly JudgedCount[]): AgainstPeople {
  const countOf = (right: boolean, verdict: Verdict) =>
    counts
      .filter((one) => one.right === right && one.verdict === verdict)
      .reduce((sum, { n }) => sum + n, 0)
  const table = {
    rightCalledRight: countOf(true, 'right'),
    rightCalledWrong: countOf(true, 'wrong'),
    wrongCalledRight: countOf(false, 'right'),
    wrongCalledWrong: countOf(false, 'wrong'),
  }
  const pairs: PairCount[] = [
    { a: 'right', b: 'right', n: table.rightCalledRight },
    { a: 'right', b: 'wrong', n: table.rightCalledWrong },
    { a: 'wrong', b: 'right', n: table.wrongCalledRight },
    { a: 'wrong', b: 'wrong', n: table.wrongCalledWrong },
  ]
  const { pairs: n, agreed, kappa, ac1 } = measureAgreement(pairs, 2)
  const right = table.rightCalledRight + table.rightCalledWrong
  const wrong = table.wrongCalledRight + table.wrongCalledWrong
  return {
    ...{ n, table, kappa, ac1 },
    unsure: countOf(true, 'unsure') + countOf(false, 'unsure'),
    agreement: describeShare(agreed, n),
    kappaInterval: kappaInterval(pairs),
    wrongFound: describeShare(table.wrongCalledWrong, wrong),
    rightCalledWrong: describeShare(table.rightCalledWrong, right),
  }
}

/** "It finds 7 of 10 wrong suggestions, and calls 2 of 10 right ones wrong." */
export function sayAgainstPeople({ wrongFound, rightCalledWrong }: AgainstPeople): string {
  if (wrongFound.n + rightCalledWrong.n === 0) {
    return 'None of the cases it has judged has a label by people yet, so nobody can say how good it is.'
  }
  const finds = `finds ${of(wrongFound)} wrong suggestion${wrongFound.n === 1 ? '' : 's'}`
  const calls = `calls ${of(rightCalledWrong)} right ${rightCalledWrong.n === 1 ? 'one' : 'ones'} wrong`
  if (wrongFound.n === 0) return `No suggestion with a label by people is wrong; it ${calls}.`
  if (rightCalledWrong.n === 0) return `It ${finds}; none with a label by people is right.`
  return `It ${finds}, and ${calls}.`
}

const of = ({ right, n }: { right: number; n: number }) =>
  `${right.toLocaleString('en')} of ${n.toLocaleString('en')}`

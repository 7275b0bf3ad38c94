import type { Reach } from '../../gate/schema'
import { nameVersion } from '../../rules'
import type { GateView } from '../schema'

const COUNT = new Intl.NumberFormat('en-US')

/** What a test of the version spends and what it can say, one sentence each: before it is started. */
export function describeSpending(gate: GateView, reach: Reach | null): string[] {
  const { version, rule, best, testsSpent } = gate
  const name = nameVersion(version)
  return [
    `${name} gets one score from this pool${rule.twoRuns ? ', of two identical runs,' : ''} and can’t be tested again.`,
    testsSpent === 0
      ? 'No version has been tested on it yet.'
      : `${testsSpent === 1 ? '1 version has' : `${COUNT.format(testsSpent)} versions have`} been tested on it so far. The more are, the likelier one comes out ahead by luck: choose on dev.`,
    best
      ? `It is compared with ${nameVersion(best)}, the best so far, and its score is shown only if it is clearly ahead.`
      : `Nothing is published yet to beat: its score is shown as it is, and proves nothing but what others must beat.`,
    ...(reach && best ? [describeReachable(reach)] : []),
  ]
}

function describeReachable({ n, rule, smallestGain }: Reach): string {
  if (n < rule.minCases) {
    return `The gate asks for ${COUNT.format(rule.minCases)} labelled cases and there ${n === 1 ? 'is 1' : `are ${COUNT.format(n)}`}: it can’t pass yet.`
  }
  if (smallestGain === null) return 'These cases can’t show any gain, however large.'
  const points = (smallestGain * 100).toFixed(smallestGain < 0.02 ? 1 : 0)
  return `A gain of less than about ${points} points would mostly go unseen.`
}

import { judgeTarget } from '@/lib/accuracy/intervals/rules'
import type { Verdict, VersionAccuracy } from '@/lib/accuracy/schema'

/**
 * The one sentence of the page: is the released version good enough? Before there is a release, or
 * while the released version was not measured, it is about the newest version that was.
 */
export function judgeAccuracy(
  versions: readonly VersionAccuracy[],
  target: number,
): Verdict | null {
  const measured = versions.filter(({ dev }) => dev !== null && dev.exact.n > 0)
  const subject = measured.find(({ released }) => released) ?? measured.at(-1)
  if (!subject?.dev) return null
  const { runId, exact, standIn, unlabelled } = subject.dev
  const { right, n } = exact
  const { verdict, moreReviews } = judgeTarget({ right, n, target, interval: 'wilson' })
  const { version, released } = subject
  return {
    version,
    runId,
    released,
    standIn,
    verdict,
    exact,
    moreCases: moreReviews,
    unlabelled,
  }
}

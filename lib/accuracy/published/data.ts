import { describeShare } from '@/lib/accuracy/rules'
import type { PublishedScore } from '@/lib/accuracy/schema'
import { db } from '@/lib/platform/database'
import { testVerdict } from '@/lib/versions/releases/schema'

/**
 * What the test pool has published, by version id. A score that the Ladder rule keeps back stands as
 * the best so far, with the number of cases of that one: nothing of its own is handed out.
 */
export async function listPublished(projectId: string): Promise<Map<string, PublishedScore>> {
  const scores = await db.testScore.findMany({
    where: { projectId },
    orderBy: { at: 'asc' },
    include: { setup: { select: { version: { select: { id: true, number: true } } } } },
  })
  const standIns = await db.run.findMany({
    where: { id: { in: scores.map(({ runId }) => runId) }, standIn: true },
    select: { id: true },
  })
  const standInRuns = new Set(standIns.map(({ id }) => id))
  const bySetup = new Map(scores.map((score) => [score.setupId, score]))
  return new Map(
    scores.map((score) => {
      const { published } = testVerdict.parse(score.verdict)
      const shown = published ? score : (bySetup.get(score.baselineSetupId ?? '') ?? score)
      const share = (rate: number) => describeShare(Math.round(rate * shown.n), shown.n)
      return [
        score.setup.version.id,
        {
          exact: share(score.publishedExact),
          countingCloseCalls: share(score.publishedCountingCloseCalls),
          standIn: standInRuns.has(score.runId),
          own: published,
          from: published ? null : shown.setup.version,
        },
      ]
    }),
  )
}

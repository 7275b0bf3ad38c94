import { describeShare } from '@/lib/accuracy/rules'
import type { PublishedScore } from '@/lib/accuracy/schema'
import { db } from '@/lib/platform/database'
import { testVerdict } from '@/lib/versions/releases/schema'

/**
 * What the test pool has published, by version id; of a version that was tested with both kinds of
 * model what the real one says. A score that the Ladder rule keeps back stands as the best so far,
 * with the number of cases of that one: nothing of its own is handed out.
 */
export async function listPublished(projectId: string): Promise<Map<string, PublishedScore>> {
  const scores = await db.testScore.findMany({
    where: { projectId },
    orderBy: [{ standIn: 'desc' }, { at: 'asc' }],
    include: { setup: { select: { version: { select: { id: true, number: true } } } } },
  })
  const keyOf = (setupId: string | null, standIn: boolean) => `${setupId} ${standIn}`
  const bySetup = new Map(scores.map((score) => [keyOf(score.setupId, score.standIn), score]))
  return new Map(
    scores.map((score) => {
      const { published } = testVerdict.parse(score.verdict)
      const best = bySetup.get(keyOf(score.baselineSetupId, score.standIn))
      const shown = published ? score : (best ?? score)
      const share = (rate: number) => describeShare(Math.round(rate * shown.n), shown.n)
      return [
        score.setup.version.id,
        {
          exact: share(score.publishedExact),
          countingCloseCalls: share(score.publishedCountingCloseCalls),
          standIn: score.standIn,
          own: published,
          from: published ? null : shown.setup.version,
        },
      ]
    }),
  )
}

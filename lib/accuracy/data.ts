import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findReleasedSetup } from '@/lib/versions/data'
import { listAgreement } from './agreement/data'
import { getAgreementOfPeople } from './agreement/people/data'
import { listPublished } from './published/data'
import { measureOnDev } from './runs/data'
import type { AccuracyView } from './schema'
import { judgeAccuracy } from './verdicts/rules'

/** All that the accuracy page shows at first: the verdict, and what is known of each version. */
export async function getAccuracy({ projectId }: Member): Promise<AccuracyView> {
  const [{ targetAccuracy }, all, released, dev, test, agreement, people] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: projectId }, select: { targetAccuracy: true } }),
    db.version.findMany({
      where: { projectId, archivedAt: null },
      // Drafts, which have no number, come last.
      orderBy: [{ number: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }],
      select: { id: true, number: true, note: true },
    }),
    findReleasedSetup(projectId),
    measureOnDev(projectId),
    listPublished(projectId),
    listAgreement(projectId),
    getAgreementOfPeople(projectId),
  ])
  const versions = all
    .map(({ id, number, note }) => ({
      version: { id, number },
      note,
      released: released?.versionId === id,
      dev: dev.get(id) ?? null,
      test: test.get(id) ?? null,
      agreement: agreement.get(id) ?? [],
    }))
    .filter((known) => known.dev || known.test || known.agreement.length > 0)
  return {
    targetAccuracy,
    released: released && { id: released.versionId, number: released.versionNumber },
    verdict: judgeAccuracy(versions, targetAccuracy),
    versions,
    people,
  }
}

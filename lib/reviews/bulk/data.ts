import { isRight } from '@/lib/accuracy/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup } from '@/lib/versions/data'
import { listDefinitions } from '../definitions/data'
import { listGates, NO_GATE } from './gate/data'
import { REQUIRED } from './rules'
import type { BulkRecord, BulkView } from './schema'

const RECORDS = 20

/** Which categories can be confirmed in bulk, and how former confirmations turned out. */
export async function getBulkView(member: Member): Promise<BulkView> {
  const { projectId } = member
  const released = await findReleasedSetup(projectId)
  const records = await listRecords(projectId)
  if (!released) return { setup: null, required: REQUIRED, categories: [], records }
  const [definitions, gates, run] = await Promise.all([
    listDefinitions(member),
    listGates(projectId, db),
    db.run.findFirst({
      where: { setupId: released.setupId, purpose: 'label' },
      orderBy: { createdAt: 'desc' },
      select: { standIn: true },
    }),
  ])
  return {
    setup: { versionNumber: released.versionNumber, standIn: run?.standIn ?? false },
    required: REQUIRED,
    categories: definitions.map(({ id, name }) => ({
      labelId: id,
      label: name,
      ...(gates.get(id) ?? NO_GATE),
    })),
    records,
  }
}

type Sampled = {
  bulkId: string
  said: string | null
  labelId: string | null
  secondLabelId: string | null
}

async function listRecords(projectId: string): Promise<BulkRecord[]> {
  const bulks = await db.bulkConfirm.findMany({
    where: { projectId },
    orderBy: { at: 'desc' },
    take: RECORDS,
  })
  // One that was sent to ordinary review has no answer from the confirmation itself.
  const sampled = await db.$queryRaw<Sampled[]>`
    SELECT DISTINCT a."bulkId", label_now(b."labelId") AS said, f."labelId", f."secondLabelId", a."caseId"
    FROM "Assignment" a
    JOIN "BulkConfirm" b ON b.id = a."bulkId"
    LEFT JOIN "FinalLabel" f ON f."caseId" = a."caseId"
    WHERE a."bulkId" = ANY(${bulks.map(({ id }) => id)}::uuid[]) AND a.status <> 'withdrawn' AND NOT EXISTS (
      SELECT 1 FROM "Review" v WHERE v."bulkId" = a."bulkId" AND v."caseId" = a."caseId"
    )`
  const [names, people] = await Promise.all([
    nameCategories(projectId),
    namePeople(bulks.map(({ byId }) => byId)),
  ])
  return bulks.map((bulk) => {
    const truths = sampled
      .filter(({ bulkId }) => bulkId === bulk.id)
      .flatMap(({ said, labelId, secondLabelId }) =>
        said === null || labelId === null ? [] : { said, truth: { labelId, secondLabelId } },
      )
    return {
      id: bulk.id,
      label: names.get(bulk.labelId) ?? '',
      by: people.get(bulk.byId) ?? 'Someone',
      at: bulk.at.toISOString(),
      confirmed: bulk.confirmed,
      sampled: bulk.sampled,
      checked: truths.length,
      right: truths.filter(({ said, truth }) => isRight(said, truth).exact).length,
    }
  })
}

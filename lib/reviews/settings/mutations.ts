import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import { getReviewSettings } from './data'
import type { ReviewSettings } from './schema'

/** Sets how the review queue is mixed. Whoever has reviewed before training was asked for needs none. */
export async function changeReviewSettings(
  { projectId, userId }: Member,
  settings: ReviewSettings,
): Promise<void> {
  await db.$transaction(async (tx) => {
    // Of two who change them at once the second sees what the first has set.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const former = await getReviewSettings(projectId, tx)
    await tx.reviewSettings.upsert({
      where: { projectId },
      create: { projectId, ...settings },
      update: settings,
    })
    if (former.trainingCases === 0 && settings.trainingCases > 0) {
      await tx.$executeRaw`
        UPDATE "Membership" m SET "trainedAt" = (
          -- Since then what they say to check cases is work, not learning.
          SELECT v."createdAt" FROM "Review" v
          WHERE v."projectId" = m."projectId" AND v."reviewerId" = m."userId"
            AND v.purpose <> 'check_case'
          ORDER BY v."createdAt" LIMIT 1)
        WHERE m."projectId" = ${projectId}::uuid AND m."trainedAt" IS NULL`
    }
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'review_settings.changed',
      detail: settings,
    })
  })
}

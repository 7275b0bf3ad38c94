import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { getReviewSettings } from '../../settings/data'
import type { CheckShare } from './schema'

/** How many of a hundred cases are check cases, for the people who answer them. */
export async function getCheckShare({ projectId }: Member): Promise<CheckShare> {
  const [{ checkShare, checkFeedback: feedback }, known] = await Promise.all([
    getReviewSettings(projectId),
    db.checkCase.findFirst({ where: { projectId }, select: { caseId: true } }),
  ])
  return { share: known ? checkShare : 0, feedback }
}

import { type Database, db } from '@/lib/platform/database'
import { DEFAULT_SETTINGS } from './rules'
import type { ReviewSettings } from './schema'

/** How the project's review queue is mixed; the defaults where nobody has set anything. */
export async function getReviewSettings(
  projectId: string,
  database: Database = db,
): Promise<ReviewSettings> {
  const row = await database.reviewSettings.findUnique({
    where: { projectId },
    omit: { projectId: true },
  })
  return row ?? DEFAULT_SETTINGS
}

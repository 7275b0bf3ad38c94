import type { TestScore } from '@/generated/prisma/client'
import { type Database, db } from '@/lib/platform/database'
import { testVerdict } from '../schema'
import { judgeLate, type Late } from './rules'

/**
 * How a version that was tested before there was a score to beat stands to the one in force; null for
 * any other version. `score` is its own.
 */
export async function findLate(
  score: TestScore | null,
  inForce: { setupId: string } | null,
  database: Database = db,
): Promise<Late | null> {
  if (!score || !inForce || inForce.setupId === score.setupId) return null
  if (testVerdict.parse(score.verdict).comparison) return null
  const { setupId } = inForce
  const [later, setup] = await Promise.all([
    database.testScore.findUnique({
      where: { setupId_standIn: { setupId, standIn: score.standIn } },
    }),
    database.setup.findUniqueOrThrow({
      where: { id: setupId },
      select: { version: { select: { frozenAt: true } } },
    }),
  ])
  return judgeLate({
    firstScoredAt: score.at,
    frozenAt: setup.version.frozenAt,
    later: later && {
      against: later.baselineSetupId === score.setupId,
      verdict: testVerdict.parse(later.verdict),
    },
  })
}

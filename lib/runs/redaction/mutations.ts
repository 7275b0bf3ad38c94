import type { Replacement } from '@/lib/cases/redaction/schema'
import { db } from '@/lib/platform/database'
import { toStorable } from '../calls/rules'

/**
 * Keeps what was replaced in the cases that a run is about to ask about. Asked about again, a case has
 * the same: its text and the run's setting do not change.
 */
export async function keepReplaced(
  runId: string,
  cases: readonly { caseId: string; replaced: readonly Replacement[] }[],
): Promise<void> {
  const data = cases
    .filter(({ replaced }) => replaced.length > 0)
    .map(({ caseId, replaced }) => ({
      ...{ runId, caseId },
      replaced: replaced.map((one) => ({ ...one, values: one.values.map(toStorable) })),
    }))
  if (data.length > 0) await db.caseRedaction.createMany({ data, skipDuplicates: true })
}

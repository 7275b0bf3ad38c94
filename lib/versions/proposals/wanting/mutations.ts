import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { findOpenDraft } from '../data'
import { DRAFT_RULES, type WantRulesInput } from '../schema'

/**
 * Has the worker draft a rule for each of the pairs, one after the other. A pair that is waited for
 * already is not asked for twice. Throws not-found, and `conflict` for a version that is frozen.
 */
export async function wantRules(
  { projectId, userId }: Member,
  versionId: string,
  { pairs, fromTemplate }: WantRulesInput,
): Promise<void> {
  await findOpenDraft(projectId, versionId)
  await db.wantedRule.createMany({
    data: pairs.map(({ suggestedId, rightId }) => ({
      ...{ id: newId(), projectId, versionId, suggestedId, rightId, fromTemplate },
      createdById: userId,
    })),
    skipDuplicates: true,
  })
  await enqueue(DRAFT_RULES, versionId, { versionId })
}

import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import type { RedactionSetting } from './schema'

/** Holds for what is sent from now on; runs go on under the setting they were made under. */
export async function changeRedaction(
  { projectId, userId }: Member,
  { on, fields, authors }: RedactionSetting,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.project.update({
      where: { id: projectId },
      data: {
        redactPersonalData: on,
        redactFields: [...new Set(fields)],
        redactAuthors: authors,
      },
    })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'project.redaction_changed',
      detail: { on, fields: fields.join(', '), authors },
    })
  })
}

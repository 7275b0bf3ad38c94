import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import type { PriceInput } from './schema'

/**
 * Sets what a model costs in a project, or leaves it to the table again. It counts for what is begun from
 * now on: a run keeps the price it was made under, and what was recorded stays.
 */
export async function setPrice(
  { projectId, userId }: Member,
  { modelId, price }: PriceInput,
): Promise<void> {
  const key = { projectId, modelId }
  await db.$transaction(async (tx) => {
    if (price === null) await tx.modelPrice.deleteMany({ where: key })
    else {
      const row = { ...price, setById: userId, setAt: new Date() }
      await tx.modelPrice.upsert({
        where: { projectId_modelId: key },
        create: { ...key, ...row },
        update: row,
      })
    }
    await recordAudit(tx, {
      ...{ projectId, actorId: userId, action: 'project.price_changed' },
      detail: { modelId, ...price },
    })
  })
}

import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import type { GateRule } from './schema'

/** Sets what a set-up must show from now on. Scores there are keep the rule they were judged by. */
export async function changeGateRule({ projectId, userId }: Member, rule: GateRule): Promise<void> {
  await db.$transaction(async (tx) => {
    // A test that is just being scored is judged by the former rule or by this one, whole.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    await tx.gateRule.upsert({
      where: { projectId },
      create: { projectId, ...rule },
      update: rule,
    })
    await recordAudit(tx, { projectId, actorId: userId, action: 'gate_rule.changed', detail: rule })
  })
}

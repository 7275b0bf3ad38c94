import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import type { RunStatus } from '../../schema'
import type { RenameExperimentInput } from '../schema'

/** Throws not-found. */
export async function renameExperiment(
  member: Member,
  experimentId: string,
  { name }: RenameExperimentInput,
): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const renamed = await tx.experiment.updateMany({
      where: { id: experimentId, projectId },
      data: { name },
    })
    if (renamed.count === 0) throw notFound('This experiment')
    const event = { projectId, actorId: userId, subjectId: experimentId, detail: { name } }
    await recordAudit(tx, { ...event, action: 'experiment.renamed' })
  })
}

const AT_WORK: RunStatus[] = ['queued', 'running', 'stopping']

/**
 * Takes an experiment out of the list. Its runs, with all that was said and paid for, stay, and it can be
 * brought back. A second time it changes nothing. Throws not-found, `conflict` while it is at work.
 */
export async function archiveExperiment(member: Member, experimentId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    // Nobody goes on with it meanwhile.
    await tx.$queryRaw`SELECT 1 FROM "Experiment" WHERE id = ${experimentId}::uuid FOR UPDATE`
    const found = await tx.experiment.findFirst({ where: { id: experimentId, projectId } })
    if (!found) throw notFound('This experiment')
    if (found.archivedAt !== null) return
    const working = { cell: { experimentId }, status: { in: AT_WORK } }
    if ((await tx.run.count({ where: working })) > 0) {
      throw conflict('It is at work. Stop it first, then delete it.')
    }
    await tx.experiment.update({ where: { id: experimentId }, data: { archivedAt: new Date() } })
    const event = { projectId, actorId: userId, subjectId: experimentId }
    await recordAudit(tx, { ...event, action: 'experiment.archived' })
  })
}

/** Brings a deleted experiment back as it was. A second time it changes nothing. Throws not-found. */
export async function restoreExperiment(member: Member, experimentId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const where = { id: experimentId, projectId }
    if ((await tx.experiment.count({ where })) === 0) throw notFound('This experiment')
    const restored = await tx.experiment.updateMany({
      where: { ...where, archivedAt: { not: null } },
      data: { archivedAt: null },
    })
    if (restored.count === 0) return
    const event = { projectId, actorId: userId, subjectId: experimentId }
    await recordAudit(tx, { ...event, action: 'experiment.restored' })
  })
}

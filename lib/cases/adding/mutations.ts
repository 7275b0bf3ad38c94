import { BadValue } from '@/lib/cases/imports/normalising/text/rules'
import { poolCasesJob } from '@/lib/cases/imports/schema'
import { PROJECT_LOCK, TRIED } from '@/lib/cases/pools/rules'
import type { CaseContent } from '@/lib/cases/schema'
import { insertSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { normaliseCase } from './rules'

/**
 * Makes a case of a text that was tried in the playground; the same text twice is one case. It comes
 * into the example pool, or is quarantined where its near-duplicates are in another. Who keeps it has seen what versions say of
 * it, which is recorded with it. Throws `invalid` without text, `conflict` where the text is a case
 * already that can't be opened.
 */
export async function keepCase(
  member: Member,
  content: CaseContent,
): Promise<{ id: string; externalId: string; isNew: boolean }> {
  const { projectId, userId } = member
  const kept = await db.$transaction(async (tx) => {
    // The lock under which imports write: the same text can't come in between.
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${PROJECT_LOCK + projectId}, 0))`
    const { labelId: _, secondLabelId: __, ...normal } = normalise(content)
    const textHash = new Uint8Array(normal.textHash)
    const known = await tx.case.findFirst({
      where: { projectId, textHash, archivedAt: null },
      select: { id: true, externalId: true, pool: true },
    })
    if (known?.pool === 'test') {
      throw conflict('This text is a case already, in the locked test pool. Nothing was changed.')
    }
    const result = known
      ? { id: known.id, externalId: known.externalId, isNew: false }
      : await insertCase(tx, projectId, { ...normal, textHash })
    await insertSights(tx, member, [result.id])
    if (result.isNew) {
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: 'case.kept',
        subjectId: result.id,
      })
    }
    return result
  })
  await enqueue(poolCasesJob, projectId, { projectId })
  return kept
}

function normalise(content: CaseContent) {
  try {
    return normaliseCase(content)
  } catch (error) {
    if (error instanceof BadValue) throw invalid(error.message)
    throw error
  }
}

type Normal = Omit<ReturnType<typeof normaliseCase>, 'labelId' | 'secondLabelId' | 'textHash'> & {
  textHash: Uint8Array<ArrayBuffer>
}

async function insertCase(tx: Tx, projectId: string, normal: Normal) {
  const externalId = `playground-${Buffer.from(normal.textHash).toString('hex', 0, 8)}`
  // It may have been revised by a file since.
  const former = await tx.case.aggregate({
    where: { projectId, externalId },
    _max: { revision: true },
  })
  const { id } = await tx.case.create({
    data: {
      ...normal,
      id: newId(),
      projectId,
      externalId,
      revision: (former._max.revision ?? 0) + 1,
      metadata: TRIED,
      rank: Math.random(),
    },
  })
  return { id, externalId, isNew: true }
}

import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { enqueue } from '@/lib/platform/jobs'
import { storeFile } from './chunks/mutations'
import { type ImportStart, runImportJob } from './schema'

type Upload = { fileName: string; body: ReadableStream<Uint8Array> | null; bytes: number | null }

/** Takes a file as it streams in; see `storeFile`. Throws `invalid` for what can't be read. */
export async function uploadFile(member: Member, upload: Upload): Promise<{ id: string }> {
  if (!upload.body) throw invalid('The file is empty.')
  const id = await storeFile({
    projectId: member.projectId,
    createdById: member.userId,
    fileName: upload.fileName,
    body: upload.body,
    bytes: upload.bytes,
  })
  return { id }
}

/**
 * Starts an import with the confirmed mapping; a rejected one may be started again, with another
 * mapping or only with its good rows. Throws `conflict` when it runs or has ended already.
 */
export async function startImport(member: Member, importId: string, input: ImportStart) {
  const { projectId, userId } = member
  await checkCategories(projectId, input)
  await db.$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: importId, projectId, status: { in: ['ready', 'rejected'] } },
      data: { ...input, ...FRESH, status: 'running', startedAt: new Date() },
    })
    if (count === 0) {
      const exists = await tx.import.count({ where: { id: importId, projectId } })
      throw exists ? conflict('This import runs or has ended already.') : notFound('The import')
    }
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'import.started',
      subjectId: importId,
    })
  })
  await enqueue(runImportJob, importId, { importId })
}

const FRESH = { bytesRead: 0, rows: 0, bad: 0, error: null, finishedAt: null }

async function checkCategories(projectId: string, { mapping }: ImportStart): Promise<void> {
  const wanted = new Set(Object.values(mapping.label?.values ?? {}).filter((id) => id !== null))
  const known = await db.category.count({
    where: { projectId, archivedAt: null, id: { in: [...wanted] } },
  })
  if (known !== wanted.size) throw invalid('A label is mapped to a category that is not there.')
}

/** Forgets an uploaded file from which nothing was imported. */
export async function discardImport(member: Member, importId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const { count } = await tx.import.deleteMany({
      where: { id: importId, projectId, status: { in: ['ready', 'rejected', 'failed'] } },
    })
    if (count === 0) throw conflict('Only a file from which nothing was imported can be discarded.')
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'import.discarded',
      subjectId: importId,
    })
  })
}

import { inspectStart, rowReader, UnreadableFile } from '@/lib/cases/imports/rows/rules'
import { MAX_FILE_BYTES } from '@/lib/cases/imports/schema'
import { db, pool } from '@/lib/platform/database'
import { AppError, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'

const CHUNK_BYTES = 1024 * 1024

type Upload = {
  projectId: string
  /** Null for the product's own files. */
  createdById: string | null
  fileName: string
  body: AsyncIterable<Uint8Array>
  /** What the sender said it would send; null where it did not say. */
  bytes: number | null
}

/**
 * Stores a file piece by piece and looks at its start. Returns the import's id, its status `ready`.
 * Whatever goes wrong, no half file stays: the import is `failed`, says why, and has no pieces.
 */
export async function storeFile(upload: Upload): Promise<string> {
  const { projectId, createdById, fileName } = upload
  const id = newId()
  await db.import.create({ data: { id, projectId, createdById, fileName, format: 'csv' } })
  try {
    const { bytes, start } = await storeChunks(id, upload)
    const { format } = inspectStart(start, fileName)
    // Reads the header, so that a file nobody can map is refused at once.
    rowReader(format, start).push(start)
    await db.import.update({ where: { id }, data: { status: 'ready', bytes, format } })
    return id
  } catch (error) {
    await failImport(id, describeFailure(error))
    if (error instanceof UnreadableFile) throw invalid(error.message)
    throw error
  }
}

async function storeChunks(importId: string, { body, bytes: expected }: Upload) {
  let position = 0
  let bytes = 0
  let start = Buffer.alloc(0)
  const store = async (chunk: Buffer) => {
    if (position === 0) start = Buffer.from(chunk)
    await pool.query(
      'INSERT INTO "ImportChunk" ("importId", position, bytes) VALUES ($1, $2, $3)',
      [importId, position++, chunk],
    )
  }
  if (expected !== null && expected > MAX_FILE_BYTES) throw tooLarge()
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > MAX_FILE_BYTES) throw tooLarge()
    held.push(piece)
    heldBytes += piece.length
    while (heldBytes >= CHUNK_BYTES) {
      const all = Buffer.concat(held)
      await store(all.subarray(0, CHUNK_BYTES))
      held = [all.subarray(CHUNK_BYTES)]
      heldBytes -= CHUNK_BYTES
    }
  }
  if (heldBytes > 0) await store(Buffer.concat(held))
  if (expected !== null && expected !== bytes) {
    throw invalid('The file did not arrive whole. Nothing was kept: please upload it again.')
  }
  return { bytes, start }
}

const tooLarge = () =>
  new AppError('too_large', 'The file is larger than 2 GB. Split it and upload the parts.')

function describeFailure(error: unknown): string {
  if (error instanceof AppError || error instanceof UnreadableFile) return error.message
  return 'The upload broke off. Nothing was kept.'
}

/** Ends an import that came to nothing. */
export async function failImport(id: string, error: string): Promise<void> {
  await db.$transaction([
    db.import.update({ where: { id }, data: { status: 'failed', error, finishedAt: new Date() } }),
    db.importChunk.deleteMany({ where: { importId: id } }),
  ])
}

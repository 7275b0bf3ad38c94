import { pool } from '@/lib/platform/database'

/** The pieces of an uploaded file in order, one in memory at a time. */
export async function* readChunks(importId: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const { rows } = await pool.query<{ bytes: Buffer }>(
      'SELECT bytes FROM "ImportChunk" WHERE "importId" = $1 AND position = $2',
      [importId, position],
    )
    const bytes = rows[0]?.bytes
    if (!bytes) return
    yield bytes
  }
}

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { receiveBody } from '../../s3/receive'
import type { ObjectStore } from '../../s3/store'
import { type Job, totalOf } from './job'
import { splitUri } from './job-request'
import { answersFile } from './process'

/** Puts the answers there are, and the manifest, below the job's output address. */
export async function publishOutput(job: Job, folder: string, store: ObjectStore): Promise<void> {
  const { bucket, key } = splitUri(job.request.outputUri)
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`
  const put = async (name: string, source: AsyncIterable<Buffer>) => {
    const file = store.nameFile()
    const { size, md5, crc32 } = await receiveBody(source, {}, store.pathOf(file))
    await store.keepObject(bucket, {
      key: `${prefix}${job.id}/${name}`,
      file,
      size,
      etag: `"${md5}"`,
      crc32,
      contentType: 'application/json',
      metadata: {},
      modified: new Date().toISOString(),
    })
  }
  for (const [i, { key: input }] of job.files.entries()) {
    const bytes = job.done[i]?.bytes ?? 0
    if (bytes === 0) continue
    const answers = createReadStream(answersFile(folder, i), { end: bytes - 1 })
    await put(`${input.slice(input.lastIndexOf('/') + 1)}.out`, answers)
  }
  const { counts } = job
  const manifest = {
    totalRecordCount: totalOf(job),
    processedRecordCount: counts.processed,
    successRecordCount: counts.success,
    errorRecordCount: counts.error,
    inputTokenCount: counts.inputTokens,
    outputTokenCount: counts.outputTokens,
  }
  await put('manifest.json.out', Readable.from([Buffer.from(JSON.stringify(manifest))]))
}

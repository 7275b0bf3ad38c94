import type { ObjectStore } from '../../s3/store'
import type { Job } from './job'
import { splitUri } from './job-request'
import { makePauses, readLines } from './lines'

/** Why a job cannot begin, in a sentence for its `message`. */
export class InputProblem extends Error {}

/**
 * The job's files and the number of their records: one object, or all `.jsonl` directly below a prefix.
 * As on the service, a record is looked at no closer than that it is a JSON object.
 */
export async function checkInput(job: Job, store: ObjectStore): Promise<Job['files']> {
  const { inputUri, outputUri } = job.request
  const { bucket, key } = splitUri(inputUri)
  for (const uri of [inputUri, outputUri]) {
    if (!store.hasBucket(splitUri(uri).bucket)) {
      throw new InputProblem(`The S3 bucket of ${uri} does not exist or cannot be accessed.`)
    }
  }
  const files: Job['files'] = []
  for (const one of listInput(store, bucket, key)) {
    files.push({ key: one, records: await countRecords(store, bucket, one) })
  }
  if (files.length === 0) throw new InputProblem(`There is no .jsonl file at ${inputUri}.`)
  const total = files.reduce((sum, { records }) => sum + records, 0)
  const { minimumRecords, maximumRecords } = job.settings
  if (total < minimumRecords) {
    throw new InputProblem(
      `Batch job ${job.arn} contains less records (${total}) than the required minimum of: ${minimumRecords}`,
    )
  }
  if (total > maximumRecords) {
    throw new InputProblem(
      `Batch job ${job.arn} contains more records (${total}) than the allowed maximum of: ${maximumRecords}`,
    )
  }
  return files
}

function listInput(store: ObjectStore, bucket: string, key: string): string[] {
  if (key !== '' && store.findObject(bucket, key)) return key.endsWith('.jsonl') ? [key] : []
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`
  return store
    .listObjects(bucket, folder)
    .map((one) => one.key)
    .filter((one) => one.endsWith('.jsonl') && !one.slice(folder.length).includes('/'))
}

async function countRecords(store: ObjectStore, bucket: string, key: string): Promise<number> {
  const pause = makePauses()
  let records = 0
  for await (const line of readLines(store.readObject(store.getObject(bucket, key)))) {
    records += 1
    if (!line.startsWith('{') || !line.endsWith('}')) {
      throw new InputProblem(`Line ${records} of s3://${bucket}/${key} is not a JSON object.`)
    }
    await pause()
  }
  return records
}

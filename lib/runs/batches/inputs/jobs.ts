import type { BatchJob } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { writeObject } from '@/lib/platform/s3'
import type { Begun } from '../../labelling/beginning/jobs'
import { listRecords, makeRecordRequests, type RecordRequest } from '../requests/jobs'
import { writeRecord } from '../requests/rules'

/** Records that are made at a time: so much of the file is in memory. */
const CHUNK = 500

/** Writes a batch job's records to where Bedrock will read them, and notes that they are there. */
export async function writeInput(begun: Begun, job: BatchJob, signal: AbortSignal): Promise<void> {
  await writeObject(job.inputUri, makeLines(begun, job, signal), signal)
  await db.batchJob.updateMany({
    where: { id: job.id, uploadedAt: null },
    data: { uploadedAt: new Date(), message: null },
  })
}

async function* makeLines(
  begun: Begun,
  { runId, firstRecord, records }: BatchJob,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const below = firstRecord + records
  const makeChunk = async (from: number): Promise<RecordRequest[]> => {
    const rows = await listRecords(runId, from, Math.min(from + CHUNK, below))
    const made = await makeRecordRequests(begun, rows)
    await keepFacts(runId, made)
    return made
  }
  let next = makeChunk(firstRecord)
  for (let from = firstRecord; from < below; from += CHUNK) {
    const chunk = await next
    signal.throwIfAborted()
    // The next one is read while this one is sent.
    next = from + CHUNK < below ? makeChunk(from + CHUNK) : Promise.resolve([])
    // Where the sending fails nobody waits for it any more.
    next.catch(() => undefined)
    const lines = chunk.map(({ number, request }) => `${writeRecord(number, request)}\n`)
    yield Buffer.from(lines.join(''))
  }
}

/** What was shown beside the cases, and which were cut: most records have neither. */
async function keepFacts(runId: string, made: readonly RecordRequest[]): Promise<void> {
  const facts = made.filter(
    ({ similarIds, cutPlaces }) => similarIds.length > 0 || cutPlaces.length > 0,
  )
  if (facts.length === 0) return
  const array = (values: readonly (string | number)[]) => `{${values.join()}}`
  await db.$executeRaw`
    UPDATE "BatchRecord" b SET "similarIds" = f.similar::uuid[],
      "similarLabelIds" = f.labels::uuid[], "cutPlaces" = f.cut::int[]
    FROM unnest(
      ${facts.map(({ number }) => number)}::int[],
      ${facts.map(({ similarIds }) => array(similarIds))}::text[],
      ${facts.map(({ similarLabelIds }) => array(similarLabelIds))}::text[],
      ${facts.map(({ cutPlaces }) => array(cutPlaces))}::text[]
    ) AS f(number, similar, labels, cut)
    WHERE b."runId" = ${runId}::uuid AND b.number = f.number`
}

import { db, type Tx } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { fillPack } from '@/lib/versions/rendering/rules'
import { shuffle } from '../../packs/rules'
import { type BatchPlace, readRecordLimits } from '../data'
import { splitRecords } from '../rules'

/** Cases that are put into records at a time: only among these are packs mixed. */
const CHUNK = 5_000
/** Long enough for a million cases. */
const TIMEOUT_MS = 300_000
/** Bedrock takes files of up to a gigabyte; sizes are estimated before the file is written. */
const LARGEST_FILE = 600_000_000

type Plan = {
  runId: string
  place: BatchPlace
  /** Cases in a record, and the characters they have together. */
  pack: { most: number; room: number }
  /** Bytes that every record has besides its cases. */
  shared: number
}

/**
 * Puts the waiting cases of a run into records, and these into batch jobs, all at once or not at all;
 * a second time it changes nothing. False where they are too few for a batch job: then the run is
 * labelled on demand from here on. The run is not locked, as whoever stops it would wait for all of
 * this: of two who plan at once one is turned away by the keys of the records.
 */
export async function planBatches(plan: Plan): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      const { runId } = plan
      const run = await tx.run.findUnique({ where: { id: runId }, select: { projectId: true } })
      if (!run || (await tx.batchJob.count({ where: { runId } })) > 0) return true
      const { records, bytes } = await insertRecords(tx, plan)
      const { least, most } = readRecordLimits()
      if (records < least) {
        await tx.batchRecord.deleteMany({ where: { runId } })
        await tx.run.update({ where: { id: runId }, data: { batchStage: 'too_few' } })
        return false
      }
      const inFile = Math.ceil(records / Math.ceil(bytes / LARGEST_FILE))
      await insertJobs(tx, plan, {
        projectId: run.projectId,
        parts: splitRecords(records, Math.min(most, inFile)),
      })
      return true
    },
    { timeout: TIMEOUT_MS },
  )
}

type Sized = { caseId: string; position: number; length: number; bytes: number }

async function insertRecords(tx: Tx, { runId, pack: { most, room }, shared }: Plan) {
  const total = { records: 0, bytes: 0 }
  let after = -1
  for (;;) {
    // A written case has some markup around each message.
    const cases = await tx.$queryRaw<Sized[]>`
      SELECT i."caseId", i.position,
        c.characters + 80 * (jsonb_array_length(c.messages) + 1) AS length,
        octet_length(c.messages::text) AS bytes
      FROM "RunItem" i JOIN "Case" c ON c.id = i."caseId"
      WHERE i."runId" = ${runId}::uuid AND i.status = 'waiting' AND i.position > ${after}
      ORDER BY i.position LIMIT ${CHUNK}`
    const last = cases.at(-1)
    if (last === undefined) return total
    after = last.position
    const packs = formPacks(most === 1 ? cases : shuffle(runId, cases), most, room)
    await tx.$executeRaw`
      INSERT INTO "BatchRecord" ("runId", number, "callId", "caseIds")
      SELECT ${runId}::uuid, r.number, r."callId", r.cases::uuid[]
      FROM unnest(
        ${packs.map((_, i) => total.records + i)}::int[],
        ${packs.map(() => newId())}::uuid[],
        ${packs.map((pack) => `{${pack.map(({ caseId }) => caseId).join()}}`)}::text[]
      ) AS r(number, "callId", cases)`
    total.records += packs.length
    total.bytes += packs.length * shared + cases.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}

function formPacks(cases: readonly Sized[], most: number, room: number): Sized[][] {
  const packs: Sized[][] = []
  for (let at = 0; at < cases.length; ) {
    const next = cases.slice(at, at + most)
    const size = fillPack(
      next.map(({ length }) => length),
      most,
      room,
    )
    packs.push(next.slice(0, size))
    at += size
  }
  return packs
}

type Parts = { projectId: string; parts: { first: number; records: number }[] }

async function insertJobs(tx: Tx, { runId, place }: Plan, { projectId, parts }: Parts) {
  const folder = `${place.bucketUri}/${projectId}/${runId}`
  for (const [i, { first, records }] of parts.entries()) {
    const [counted] = await tx.$queryRaw<{ cases: number }[]>`
      SELECT coalesce(sum(cardinality("caseIds")), 0)::int AS cases FROM "BatchRecord"
      WHERE "runId" = ${runId}::uuid AND number >= ${first} AND number < ${first + records}`
    await tx.batchJob.create({
      data: {
        id: newId(),
        runId,
        part: i + 1,
        inputUri: `${folder}/${i + 1}.jsonl`,
        outputUri: `${folder}/${i + 1}-out/`,
        roleArn: place.roleArn,
        firstRecord: first,
        records,
        cases: counted?.cases ?? 0,
      },
    })
  }
}

import type { BatchJob, BatchRecord } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { readLines } from '@/lib/platform/lines'
import { log } from '@/lib/platform/log'
import { listObjects, readObject } from '@/lib/platform/s3'
import { type PackReading, readAnswers } from '../../answers/packs/rules'
import { hashRequest, type ModelRequest, readRequest, stripSharedParts } from '../../calls/rules'
import type { Begun } from '../../labelling/beginning/jobs'
import { restoreOutcome } from '../../labelling/cases/jobs'
import { type Outcome, saveOutcomes } from '../../outcomes/mutations'
import { describeAnswer } from '../../packs/jobs'
import { isAskedAgain } from '../../packs/rules'
import { computeCost } from '../../prices/rules'
import { listRestored } from '../../redaction/data'
import { listErrors } from '../errors/data'
import { makeRecordRequests } from '../requests/jobs'
import { type RecordAnswer, readAnswerLine } from './rules'

/** Answers that are written in one transaction. */
const CHUNK = 500
/** Chunks on their way to the database: so much of the file is in memory, and one more. */
const CHUNKS_AT_ONCE = 2

/**
 * Brings what a batch job has said among the run's suggestions. What it leaves open stays with the
 * run's items. Begun again after a kill, it passes over what has been written.
 */
export async function fetchOutput(
  begun: Begun,
  job: BatchJob & { jobArn: string },
  signal: AbortSignal,
): Promise<void> {
  const folder = `${job.outputUri}${job.jobArn.slice(job.jobArn.lastIndexOf('/') + 1)}/`
  for (const uri of await listObjects(folder)) {
    if (uri.endsWith('.jsonl.out')) await fetchFile(begun, job, uri, signal)
  }
  await db.batchJob.update({
    where: { id: job.id },
    data: { fetchedAt: new Date(), errors: await listErrors(job) },
  })
}

async function fetchFile(begun: Begun, job: BatchJob, uri: string, signal: AbortSignal) {
  const below = job.firstRecord + job.records
  const isOwn = ({ number }: RecordAnswer) => number >= job.firstRecord && number < below
  const taken = new Set<number>()
  const lanes = Array.from({ length: CHUNKS_AT_ONCE }, () => Promise.resolve())
  let chunk: RecordAnswer[] = []
  const write = async () => {
    const full = chunk
    chunk = []
    await lanes.shift()
    signal.throwIfAborted()
    // The next lines are read while these are written.
    const writing = saveAnswers(begun, full)
    writing.catch(() => undefined)
    lanes.push(writing)
  }
  for await (const line of readLines(await readObject(uri, signal))) {
    const answer = readAnswerLine(line)
    if (answer === null || !isOwn(answer)) {
      log.warn(
        { runId: job.runId, part: job.part },
        'a line of a batch job that is no record of it',
      )
      continue
    }
    // A record that comes twice is taken once.
    if (taken.has(answer.number)) continue
    taken.add(answer.number)
    chunk.push(answer)
    if (chunk.length >= CHUNK) await write()
  }
  await write()
  await Promise.all(lanes)
}

async function saveAnswers(begun: Begun, answers: readonly RecordAnswer[]): Promise<void> {
  const open = await listOpen(begun.asking.runId, answers)
  if (open.length === 0) return
  await saveOutcomes(begun.asking.runId, await describeRecords(begun, open))
}

type Open = { record: BatchRecord; answer: RecordAnswer }

/** The answers that have not been written yet, with their records. */
async function listOpen(runId: string, answers: readonly RecordAnswer[]): Promise<Open[]> {
  const byNumber = new Map(answers.map((answer) => [answer.number, answer]))
  const records = await db.batchRecord.findMany({
    where: { runId, number: { in: [...byNumber.keys()] } },
  })
  const calls = await db.call.findMany({
    where: { id: { in: records.map(({ callId }) => callId) } },
    select: { id: true },
  })
  const written = new Set(calls.map(({ id }) => id))
  return records.flatMap((record) => {
    const answer = byNumber.get(record.number)
    return answer === undefined || written.has(record.callId) ? [] : [{ record, answer }]
  })
}

async function describeRecords(begun: Begun, open: readonly Open[]): Promise<Outcome[]> {
  const { runId, content } = begun.asking
  const caseIds = open.flatMap(({ record }) => record.caseIds)
  const [items, restored] = await Promise.all([
    db.runItem.findMany({
      where: { runId, caseId: { in: caseIds } },
      select: { caseId: true, counts: true },
    }),
    listRestored(runId, caseIds),
  ])
  const counts = new Map(items.map((item) => [item.caseId, item.counts]))
  const hidden = new Map(restored.map((one) => [one.caseId, one]))
  const outcomes: Outcome[] = []
  for (const { record, answer } of open) {
    const request =
      readRequest(content.model.modelId, answer.input) ??
      (await makeRecordRequests(begun, [record]))[0]?.request
    if (!request) continue
    const outcome = describeRecord(begun, { record, answer, request, counts })
    const replaced = record.caseIds.flatMap((id) => hidden.get(id) ?? [])
    outcomes.push(replaced.length === 0 ? outcome : restoreOutcome(outcome, replaced))
  }
  return outcomes
}

type Answered = {
  record: BatchRecord
  answer: RecordAnswer
  request: ModelRequest
  /** Of each case, whether its suggestion counts. */
  counts: ReadonlyMap<string, boolean>
}

/** A record's call, and a suggestion for each case of which something final was said. */
function describeRecord({ asking }: Begun, { record, answer, request, counts }: Answered): Outcome {
  const { runId, content, price } = asking
  const { callId, caseIds, similarIds, similarLabelIds, cutPlaces } = record
  const { said } = answer
  const readings: readonly PackReading[] =
    said.kind === 'answer'
      ? readAnswers(said.text, content, { size: caseIds.length, stopReason: said.stopReason })
      : []
  const call = {
    id: callId,
    runId,
    batch: true,
    request: stripSharedParts(request),
    requestHash: hashRequest(request),
    similarIds,
    similarLabelIds,
    cases: caseIds.map((caseId, position) => ({
      caseId,
      position,
      reading:
        said.kind === 'answer' ? (readings[position]?.reading ?? 'absent') : ('failed' as const),
    })),
  }
  if (said.kind === 'error') {
    const failed = { status: 'failed' as const, errorName: said.name, errorMessage: said.message }
    return { calls: [{ ...call, ...failed }], cases: [] }
  }
  const { inputTokens, outputTokens } = said
  const use = { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 }
  const cases = caseIds.flatMap((caseId, position) => {
    const reading = readings[position]
    // Asked again on demand, where an answer's form can be mended, too.
    if (!reading || isAskedAgain(reading, caseIds.length) || reading.reading === 'missing')
      return []
    const base = { id: newId(), runId, caseId, callId, position }
    const facts = { counts: counts.get(caseId) ?? true, inputCut: cutPlaces.includes(position) }
    return [describeAnswer(asking, { ...base, ...facts }, reading)]
  })
  return {
    calls: [
      {
        ...call,
        status: 'ok',
        rawAnswer: said.text,
        stopReason: said.stopReason,
        inputTokens,
        outputTokens,
        cost: price ? computeCost(use, price, { batch: true }) : 0,
      },
    ],
    cases,
  }
}

import { appendFile, mkdir, truncate } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ObjectStore } from '../../s3/store'
import type { Model } from '../models'
import type { State } from '../state'
import { type Job, type JobCounts, totalOf } from './job'
import { splitUri } from './job-request'
import { makePauses, readLines } from './lines'
import { type AnsweredRecord, answerRecord } from './record'

/** Answers are written, shuffled and counted as done so many at a time: a restart repeats at most these. */
const BLOCK = 500

export type Work = {
  job: Job
  model: Model
  folder: string
  store: ObjectStore
  state: State
  /** Whether the job is to go on: false once it is stopped, has expired, or the server ends. */
  goesOn: () => boolean
  save: () => Promise<void>
}

export const answersFile = (folder: string, file: number): string =>
  path.join(folder, `answers-${file}.jsonl`)

/** Answers the job's records from where it was left. True when all (or its partial share) are done. */
export async function processRecords(work: Work): Promise<boolean> {
  const { job, folder } = work
  await mkdir(folder, { recursive: true })
  const { partialShare } = job.settings
  const most = partialShare === null ? totalOf(job) : Math.ceil(partialShare * totalOf(job))
  const began = { at: performance.now(), processed: job.counts.processed }
  for (let file = 0; file < job.files.length; file++) {
    const finished = await processFile(work, file, most, began)
    if (!finished) return false
    if (job.counts.processed >= most) return true
  }
  return true
}

async function processFile(
  work: Work,
  file: number,
  most: number,
  began: { at: number; processed: number },
): Promise<boolean> {
  const { job, model, folder, store, state, goesOn } = work
  const { bucket } = splitUri(job.request.inputUri)
  const done = job.done[file] ?? { records: 0, bytes: 0 }
  const target = answersFile(folder, file)
  await appendFile(target, '')
  // Answers of a block that a crash cut off are not counted: they are given again.
  await truncate(target, done.bytes)
  const pause = makePauses()
  let seen = 0
  let block: AnsweredRecord[] = []
  const flush = async () => {
    const lines = block.sort((a, b) => a.place - b.place).map(({ line }) => `${line}\n`)
    const bytes = Buffer.from(lines.join(''))
    await appendFile(target, bytes)
    const now = job.done[file] ?? { records: 0, bytes: 0 }
    job.done[file] = { records: now.records + block.length, bytes: now.bytes + bytes.length }
    block = []
    await work.save()
  }
  const object = store.getObject(bucket, job.files[file]?.key ?? '')
  for await (const line of readLines(store.readObject(object))) {
    seen += 1
    if (seen <= done.records) continue
    if (job.counts.processed >= most) break
    if (!goesOn()) {
      await flush()
      return false
    }
    const answered = answerRecord(line, job, model, state)
    block.push(answered)
    addCounts(job.counts, answered.counts)
    if (block.length >= BLOCK) await flush()
    await (keepPace(job, began) ?? pause())
  }
  await flush()
  return true
}

function addCounts(counts: JobCounts, more: JobCounts): void {
  counts.processed += more.processed
  counts.success += more.success
  counts.error += more.error
  counts.inputTokens += more.inputTokens
  counts.outputTokens += more.outputTokens
}

/** Waits where the job is ahead of the speed it was given. */
function keepPace(
  { settings, counts }: Job,
  began: { at: number; processed: number },
): Promise<unknown> | undefined {
  if (settings.recordsPerSecond === null) return undefined
  const due = ((counts.processed - began.processed) / settings.recordsPerSecond) * 1_000
  const ahead = began.at + due - performance.now()
  return ahead > 1 ? wait(ahead) : undefined
}

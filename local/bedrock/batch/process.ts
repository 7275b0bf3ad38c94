import { appendFile, mkdir, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ObjectStore } from '../../s3/store'
import type { Model } from '../models'
import type { State } from '../state'
import { addCounts, type Job, NO_COUNTS, totalOf } from './job'
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
  const done = job.done[file] ?? { counts: { ...NO_COUNTS }, bytes: 0 }
  const target = answersFile(folder, file)
  await cutOff(target, done.bytes)
  const pause = makePauses()
  const skipped = done.counts.processed
  let seen = 0
  let block: AnsweredRecord[] = []
  const flush = async () => {
    const lines = block.sort((a, b) => a.place - b.place).map(({ line }) => `${line}\n`)
    const bytes = Buffer.from(lines.join(''))
    await appendFile(target, bytes)
    done.bytes += bytes.length
    for (const { counts } of block) addCounts(done.counts, counts)
    job.done[file] = done
    block = []
    await work.save()
  }
  const object = store.getObject(bucket, job.files[file]?.key ?? '')
  for await (const line of readLines(store.readObject(object))) {
    seen += 1
    if (seen <= skipped) continue
    if (job.counts.processed >= most) break
    if (goesOn()) await (keepPace(work, began) ?? pause())
    if (!goesOn()) {
      await flush()
      return false
    }
    const answered = answerRecord(line, job, model, state)
    block.push(answered)
    addCounts(job.counts, answered.counts)
    if (block.length >= BLOCK) await flush()
  }
  await flush()
  return true
}

/** Answers of a block that a crash cut short are not counted: they go, and are given again. */
async function cutOff(file: string, bytes: number): Promise<void> {
  await appendFile(file, '')
  const { size } = await stat(file)
  if (size < bytes) throw new Error(`${file} has ${size} bytes, but ${bytes} were written.`)
  await truncate(file, bytes)
}

/** Waits where the job is ahead of the speed it was given. */
function keepPace(
  { job, goesOn }: Work,
  began: { at: number; processed: number },
): Promise<void> | undefined {
  const { recordsPerSecond } = job.settings
  if (recordsPerSecond === null) return undefined
  const due = began.at + ((job.counts.processed - began.processed) / recordsPerSecond) * 1_000
  return due - performance.now() > 1 ? waitUntil(due, goesOn) : undefined
}

async function waitUntil(due: number, goesOn: () => boolean): Promise<void> {
  while (goesOn() && performance.now() < due) {
    await wait(Math.min(50, Math.max(1, due - performance.now())))
  }
}

import type { Action } from '../action'
import { getModel, MODELS } from '../models'
import { invalid, parseJson, readNumber } from '../shape'
import type { State } from '../state'
import { expiryOf, JOB_STATUSES, type Job, type JobBook, totalOf } from './job'
import { readJobRequest } from './job-request'
import { BATCH_DEFAULTS, readBatchSettings } from './settings'

/** `POST /model-invocation-job`, as client-bedrock 3.1161.0 sends and reads it. */
export const createJob: Action = async ({ body }, state) => {
  const request = readJobRequest(parseJson(body))
  if (!MODELS.some(({ id }) => id === request.modelId)) {
    throw invalid('The provided model identifier is invalid.')
  }
  getModel(request.modelId, state.denied)
  const job = await jobsOf(state).create(request)
  return { status: 200, body: { jobArn: job.arn } }
}

/** `GET /model-invocation-job/{job}` */
export const getJob: Action = ({ path }, state) => {
  return { status: 200, body: describe(jobsOf(state).get(path.job ?? '')) }
}

/** `POST /model-invocation-job/{job}/stop` */
export const stopJob: Action = async ({ path }, state) => {
  await jobsOf(state).stop(path.job ?? '')
  return { status: 200, body: {} }
}

/** `GET /model-invocation-jobs`: the newest first unless asked otherwise. */
export const listJobs: Action = ({ query }, state) => {
  const most = readNumber(numberOf(query.get('maxResults')), 'maxResults', 1, 1_000) ?? 100
  const found = jobsOf(state).list().filter(makeFilter(query))
  if (query.get('sortOrder') !== 'Ascending') found.reverse()
  const token = query.get('nextToken')
  const start = token === null ? 0 : found.findIndex(({ id }) => id === token)
  if (start < 0) throw invalid('The provided pagination token is invalid.')
  const next = found[start + most]
  return {
    status: 200,
    body: {
      invocationJobSummaries: found.slice(start, start + most).map(describe),
      ...(next === undefined ? {} : { nextToken: next.id }),
    },
  }
}

/** `POST /_local/batch`: how jobs go that come from now on. */
export const setBatch: Action = ({ body }, state) => {
  state.batch = readBatchSettings(parseJson(body))
  return { status: 200, body: state.batch }
}

/** `DELETE /_local/batch` */
export const resetBatch: Action = (_, state) => {
  state.batch = BATCH_DEFAULTS
  return { status: 200, body: state.batch }
}

function jobsOf({ jobs }: State): JobBook {
  if (!jobs) throw new Error('Batch jobs are not open yet.')
  return jobs
}

function makeFilter(query: URLSearchParams): (job: Job) => boolean {
  const status = query.get('statusEquals')
  if (status !== null && !JOB_STATUSES.some((one) => one === status)) {
    throw invalid(`Value at 'statusEquals' must be one of [${JOB_STATUSES.join(', ')}].`)
  }
  const name = query.get('nameContains') ?? ''
  const after = timeOf(query, 'submitTimeAfter') ?? Number.NEGATIVE_INFINITY
  const before = timeOf(query, 'submitTimeBefore') ?? Number.POSITIVE_INFINITY
  return (job) =>
    (status === null || job.status === status) &&
    job.request.jobName.includes(name) &&
    job.submitTime > after &&
    job.submitTime < before
}

function timeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw invalid(`Value at '${name}' must be a time.`)
  return time
}

const numberOf = (text: string | null) => (text === null ? null : Number(text))

/** Counts are zero until the job has been validated, as there. */
function describe(job: Job) {
  const { request, counts } = job
  const time = (milliseconds: number) => new Date(milliseconds).toISOString()
  return {
    jobArn: job.arn,
    jobName: request.jobName,
    modelId: request.modelId,
    roleArn: request.roleArn,
    ...(request.clientRequestToken === null
      ? {}
      : { clientRequestToken: request.clientRequestToken }),
    status: job.status,
    ...(job.message === null ? {} : { message: job.message }),
    submitTime: time(job.submitTime),
    lastModifiedTime: time(job.since),
    ...(job.endTime === null ? {} : { endTime: time(job.endTime) }),
    inputDataConfig: { s3InputDataConfig: { s3InputFormat: 'JSONL', s3Uri: request.inputUri } },
    outputDataConfig: { s3OutputDataConfig: { s3Uri: request.outputUri } },
    timeoutDurationInHours: request.timeoutDurationInHours,
    jobExpirationTime: time(expiryOf(job)),
    modelInvocationType: request.modelInvocationType,
    totalRecordCount: totalOf(job),
    processedRecordCount: counts.processed,
    successRecordCount: counts.success,
    errorRecordCount: counts.error,
  }
}

import { invalid, readList, readNumber, readObject, readText } from '../shape'
import type { InvocationType, JobRequest } from './job'

const JOB_NAME = /^[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9+\-.]){0,63}$/
const ROLE = /^arn:aws(-[^:]+)?:iam::\d{12}:role\/.+$/
const TOKEN = /^[a-zA-Z0-9]{1,256}(-*[a-zA-Z0-9]){0,256}$/
const S3_URI = /^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](\/.*)?$/
const HOURS = { least: 24, most: 168 }

/** The body of CreateModelInvocationJob, refused where the service would refuse it. */
export function readJobRequest(body: unknown): JobRequest {
  const given = readObject(body, 'body')
  const hours = readNumber(
    given.timeoutDurationInHours,
    'timeoutDurationInHours',
    HOURS.least,
    HOURS.most,
  )
  readTags(given.tags ?? [])
  const jobName = readMatching(given.jobName, 'jobName', JOB_NAME)
  if (jobName.length > 63) throw invalid("Value at 'jobName' must have at most 63 characters.")
  return {
    jobName,
    roleArn: readMatching(given.roleArn, 'roleArn', ROLE),
    modelId: readText(given.modelId, 'modelId'),
    modelInvocationType: readInvocationType(given.modelInvocationType),
    inputUri: readUri(given.inputDataConfig, 'inputDataConfig', 's3InputDataConfig'),
    outputUri: readUri(given.outputDataConfig, 'outputDataConfig', 's3OutputDataConfig'),
    timeoutDurationInHours: hours ?? HOURS.least,
    clientRequestToken:
      given.clientRequestToken === undefined
        ? null
        : readMatching(given.clientRequestToken, 'clientRequestToken', TOKEN),
  }
}

export function splitUri(uri: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? []
  return { bucket, key }
}

function readMatching(value: unknown, path: string, pattern: RegExp): string {
  const text = readText(value, path)
  if (!pattern.test(text)) {
    throw invalid(`Value at '${path}' failed to satisfy constraint: ${pattern.source}`)
  }
  return text
}

function readUri(value: unknown, path: string, inner: string): string {
  const config = readObject(readObject(value, path)[inner], `${path}.${inner}`)
  return readMatching(config.s3Uri, `${path}.${inner}.s3Uri`, S3_URI)
}

function readInvocationType(value: unknown = 'InvokeModel'): InvocationType {
  if (value !== 'InvokeModel' && value !== 'Converse') {
    throw invalid("Value at 'modelInvocationType' must be one of [InvokeModel, Converse].")
  }
  return value
}

function readTags(value: unknown): void {
  for (const [i, one] of readList(value, 'tags').entries()) {
    const tag = readObject(one, `tags.${i}`)
    readText(tag.key, `tags.${i}.key`)
    readText(tag.value, `tags.${i}.value`)
  }
}

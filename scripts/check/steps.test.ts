import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type LocalBedrockOptions, startLocalBedrock } from '../../local/bedrock/server'
import { readCheckSettings } from './settings'
import { checkPermissions, type Step } from './steps'

const SETTINGS = readCheckSettings({
  AWS_REGION: 'local',
  CLOSECALL_MODEL: 'closecall.lexical-v1',
  CLOSECALL_BATCH_BUCKET: 's3://closecall-local/batch',
  CLOSECALL_BATCH_ROLE: 'arn:aws:iam::123456789012:role/closecall-batch',
})

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  onTestFinished(() => void vi.unstubAllEnvs())
})

type Refusal = { method: string; path: RegExp; message: string }

/** A local Bedrock behind a door that refuses some requests, as IAM does. */
async function open(refusal: Refusal | null, options: LocalBedrockOptions = {}) {
  const bedrock = await startLocalBedrock(options)
  onTestFinished(bedrock.close)
  const { hostname, port } = new URL(bedrock.url)
  const door = createServer((from, to) => {
    const url = from.url ?? ''
    if (refusal && from.method === refusal.method && refusal.path.test(url)) {
      from.resume()
      if (url.startsWith('/_s3')) {
        const body = `<Error><Code>AccessDenied</Code><Message>${refusal.message}</Message></Error>`
        to.writeHead(403, { 'content-type': 'application/xml' }).end(body)
      } else {
        to.writeHead(403, {
          'content-type': 'application/json',
          'x-amzn-errortype': 'AccessDeniedException',
        }).end(JSON.stringify({ message: refusal.message }))
      }
      return
    }
    const onward = request(
      { hostname, port, method: from.method, path: url, headers: from.headers },
      (answer) => {
        to.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(to)
      },
    )
    from.pipe(onward)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    door.closeAllConnections()
    door.close()
  })
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', url)
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK', url)
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `${url}/_s3`)
}

async function check(settings = SETTINGS): Promise<Step[]> {
  const steps: Step[] = []
  for await (const step of checkPermissions(settings, 10_000)) steps.push(step)
  return steps
}

const notAllowed = (steps: readonly Step[]) => steps.filter(({ result }) => result !== 'allowed')

test('where everything is allowed, everything is tried', async () => {
  await open(null)
  const steps = await check()
  expect(steps.map(({ name }) => name)).toEqual([
    'credentials',
    'bedrock:InvokeModel',
    's3:PutObject',
    's3:ListBucket',
    's3:GetObject',
    'bedrock:ListModelInvocationJobs',
    'bedrock:GetModelInvocationJob',
    'bedrock:StopModelInvocationJob',
    'bedrock:CreateModelInvocationJob',
    'iam:PassRole',
    'the role of batch jobs',
  ])
  expect(notAllowed(steps)).toEqual([])
})

test.each<[string, string, RegExp, string]>([
  ['bedrock:InvokeModel', 'POST', /\/converse$/, 'foundation-model/closecall.lexical-v1'],
  ['s3:PutObject', 'PUT', /^\/_s3/, 'arn:aws:s3:::closecall-local/batch/*'],
  ['s3:ListBucket', 'GET', /list-type=2/, '"arn:aws:s3:::closecall-local"'],
  ['s3:GetObject', 'GET', /closecall-check\.jsonl/, 'arn:aws:s3:::closecall-local/batch/*'],
  ['bedrock:ListModelInvocationJobs', 'GET', /model-invocation-jobs/, '"*"'],
  [
    'bedrock:GetModelInvocationJob',
    'GET',
    /model-invocation-job\/.*closecallchk/,
    'model-invocation-job/*',
  ],
  ['bedrock:StopModelInvocationJob', 'POST', /\/stop$/, 'model-invocation-job/*'],
  ['bedrock:CreateModelInvocationJob', 'POST', /model-invocation-job$/, 'model-invocation-job/*'],
])('%s is named where it is missing, with what to paste', async (name, method, path, resource) => {
  await open({ method, path, message: 'User is not authorized to perform this.' })
  const [missing, ...others] = notAllowed(await check())
  expect(missing).toMatchObject({ name, result: 'missing' })
  expect(missing?.advice).toContain('not authorized')
  expect(missing?.advice).toContain(`"Action": "${name}"`)
  expect(missing?.advice).toContain(resource)
  expect(others.filter(({ result }) => result === 'missing')).toEqual([])
})

test('a role that may not be passed on is told from a job that may not be made', async () => {
  const message = 'User: x is not authorized to perform: iam:PassRole on resource: y'
  await open({ method: 'POST', path: /model-invocation-job$/, message })
  const [missing, ...others] = notAllowed(await check())
  expect(missing).toMatchObject({ name: 'iam:PassRole', result: 'missing' })
  expect(missing?.advice).toContain('"iam:PassedToService": "bedrock.amazonaws.com"')
  expect(missing?.advice).toContain('arn:aws:iam::123456789012:role/closecall-batch')
  expect(others).toEqual([])
})

test('a bucket that Bedrock can’t read is found by the job it fails', async () => {
  await open(null, { batch: { failMessage: 'no', minimumRecords: 1 } })
  const steps = await check({
    ...SETTINGS,
    batch: { bucket: 'closecall-local', prefix: '', roleArn: SETTINGS.batch?.roleArn ?? '' },
  })
  const [missing] = notAllowed(steps)
  expect(missing).toMatchObject({ name: 'the role of batch jobs' })
})

test('without batch jobs only the model is tried', async () => {
  await open(null)
  const steps = await check({ ...SETTINGS, batch: null })
  expect(steps.map(({ name, result }) => [name, result])).toEqual([
    ['credentials', 'allowed'],
    ['bedrock:InvokeModel', 'allowed'],
    ['batch jobs', 'skipped'],
  ])
})

test('half of the settings for batch jobs are none', () => {
  const half = { CLOSECALL_MODEL: 'm', CLOSECALL_BATCH_BUCKET: 's3://b' }
  expect(() => readCheckSettings(half)).toThrow('CLOSECALL_BATCH_ROLE')
  expect(() => readCheckSettings({})).toThrow('Which model?')
})

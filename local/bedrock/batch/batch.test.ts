import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeCase, writeInstructions } from '../fixtures/prompt-text'
import {
  askAbout,
  control,
  openBedrock,
  openRuntime,
  SDK_SETTINGS,
  say,
  TOOLS_PROMPT,
  toolCase,
} from '../fixtures/sdk'
import { type LocalBedrock, startLocalBedrock } from '../server'

const Bucket = 'closecall-local'
const QUICK = { statusMs: { submitted: 0, validating: 0, scheduled: 0, stopping: 0 } }
const system = writeInstructions(TOOLS_PROMPT)

function connect({ url, s3Url }: Pick<LocalBedrock, 'url' | 's3Url'>) {
  const requestHandler = new NodeHttpHandler()
  const bedrock = new BedrockClient({ ...SDK_SETTINGS, endpoint: url, requestHandler })
  const s3 = new S3Client({ ...SDK_SETTINGS, endpoint: s3Url })
  onTestFinished(() => {
    bedrock.destroy()
    s3.destroy()
  })
  return { bedrock, s3 }
}
type Clients = ReturnType<typeof connect>

const native = (n: number) => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 512,
  system,
  messages: [{ role: 'user', content: writeCase(toolCase(n)) }],
})

async function putRecords(
  { s3 }: Clients,
  records: number,
  makeInput: (n: number) => unknown = native,
  Key = 'in/records.jsonl',
): Promise<void> {
  const lines = Array.from({ length: records }, (_, n) =>
    JSON.stringify({ recordId: `r${n}`, modelInput: makeInput(n) }),
  )
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: `${lines.join('\n')}\n` }))
}

const request = (changes: Partial<CreateModelInvocationJobCommandInput> = {}) =>
  new CreateModelInvocationJobCommand({
    jobName: 'labels',
    roleArn: 'arn:aws:iam::000000000000:role/closecall',
    modelId: 'closecall.lexical-v1',
    inputDataConfig: { s3InputDataConfig: { s3Uri: `s3://${Bucket}/in/records.jsonl` } },
    outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${Bucket}/out/` } },
    ...changes,
  })

async function create({ bedrock }: Clients, changes = {}): Promise<string> {
  return (await bedrock.send(request(changes))).jobArn ?? ''
}

const get = ({ bedrock }: Clients, jobIdentifier: string) =>
  bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier }))

async function until(clients: Clients, arn: string, statuses: string[]) {
  const seen: (string | undefined)[] = []
  for (;;) {
    const job = await get(clients, arn)
    if (job.status !== seen.at(-1)) seen.push(job.status)
    if (statuses.includes(job.status ?? '')) return { job, seen }
    await wait(10)
  }
}
const ENDED = ['Completed', 'PartiallyCompleted', 'Failed', 'Stopped', 'Expired']
const untilEnded = (clients: Clients, arn: string) => until(clients, arn, ENDED)

type Line = {
  recordId: string
  modelInput: { messages: unknown }
  modelOutput?: { content: { text: string }[]; stop_reason: string }
  error?: { errorCode: number; errorMessage: string }
}

async function readOutput({ s3 }: Clients, arn: string) {
  const Prefix = `out/${arn.slice(arn.lastIndexOf('/') + 1)}/`
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))
  const read = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    return (await Body?.transformToString()) ?? ''
  }
  const keys = Contents.map(({ Key = '' }) => Key)
  const lines: Line[] = []
  for (const key of keys.filter((one) => one.endsWith('.jsonl.out'))) {
    const text = await read(key)
    lines.push(
      ...text
        .trimEnd()
        .split('\n')
        .map((line): Line => JSON.parse(line)),
    )
  }
  const manifest = JSON.parse(await read(`${Prefix}manifest.json.out`))
  return { names: keys.map((key) => key.slice(Prefix.length)), lines, manifest }
}

describe('a batch job', () => {
  it('goes through its statuses and answers every record, in another order', async () => {
    const server = await openBedrock()
    const clients = connect(server)
    await putRecords(clients, 700)
    const arn = await create(clients)
    expect(arn).toMatch(/^arn:aws:bedrock:local:\d{12}:model-invocation-job\/[a-z0-9]{12}$/)
    const validating = await until(clients, arn, ['Validating'])
    expect(validating.job).toMatchObject({ totalRecordCount: 0, processedRecordCount: 0 })
    const scheduled = await until(clients, arn, ['Scheduled'])
    expect(scheduled.job).toMatchObject({ totalRecordCount: 700, processedRecordCount: 0 })
    const { job } = await untilEnded(clients, arn)
    expect(job).toMatchObject({
      jobName: 'labels',
      modelId: 'closecall.lexical-v1',
      modelInvocationType: 'InvokeModel',
      status: 'Completed',
      timeoutDurationInHours: 24,
      totalRecordCount: 700,
      processedRecordCount: 700,
      successRecordCount: 700,
      errorRecordCount: 0,
    })
    expect(Number(job.jobExpirationTime) - Number(job.submitTime)).toBe(24 * 3_600_000)
    expect(Number(job.endTime)).toBeGreaterThan(Number(job.submitTime))
    const { names, lines, manifest } = await readOutput(clients, arn)
    expect(names).toEqual(['manifest.json.out', 'records.jsonl.out'])
    const inOrder = lines.map(({ recordId }) => recordId)
    const sent = Array.from({ length: 700 }, (_, n) => `r${n}`)
    expect(inOrder).not.toEqual(sent)
    expect(inOrder.toSorted()).toEqual(sent.toSorted())
    const said = await say(
      openRuntime(server),
      askAbout(writeCase(toolCase(7)), { inferenceConfig: { maxTokens: 512 } }),
    )
    const line = lines.find(({ recordId }) => recordId === 'r7')
    expect(line?.modelInput).toEqual(native(7))
    expect(line?.modelOutput).toMatchObject({ stop_reason: 'end_turn', content: [{ text: said }] })
    expect(manifest).toMatchObject({
      totalRecordCount: 700,
      processedRecordCount: 700,
      successRecordCount: 700,
      errorRecordCount: 0,
    })
    expect(manifest.outputTokenCount).toBeGreaterThan(700)
  })

  it('speaks Converse where it is told to, and reads all files of a folder', async () => {
    const clients = connect(await openBedrock({ batch: QUICK }))
    const body = (n: number) => ({
      system: [{ text: system }],
      messages: [{ role: 'user', content: [{ text: writeCase(toolCase(n)) }] }],
      inferenceConfig: { maxTokens: 512 },
    })
    await putRecords(clients, 60, body, 'in/a.jsonl')
    await putRecords(clients, 60, body, 'in/b.jsonl')
    await putRecords(clients, 60, body, 'in/deeper/c.jsonl')
    const arn = await create(clients, {
      modelInvocationType: 'Converse',
      inputDataConfig: { s3InputDataConfig: { s3Uri: `s3://${Bucket}/in` } },
    })
    const { job } = await untilEnded(clients, arn)
    expect(job).toMatchObject({ status: 'Completed', totalRecordCount: 120 })
    const { names, lines } = await readOutput(clients, arn)
    expect(names).toEqual(['a.jsonl.out', 'b.jsonl.out', 'manifest.json.out'])
    expect(lines[0]?.modelOutput).toMatchObject({
      output: {
        message: { role: 'assistant', content: [{ text: expect.stringMatching(/<response>/) }] },
      },
      stopReason: 'end_turn',
      usage: { cacheReadInputTokens: 0 },
    })
  })

  it('puts an error in place of an answer for records that fail, the same ones under the same seed', async () => {
    const run = async () => {
      const clients = connect(await openBedrock({ batch: { ...QUICK, recordErrorRate: 0.2 } }))
      await putRecords(clients, 200, (n) => (n === 3 ? { prompt: 'x' } : native(n)))
      const arn = await create(clients)
      const { job } = await untilEnded(clients, arn)
      const { lines, manifest } = await readOutput(clients, arn)
      const bad = lines.filter(({ error }) => error !== undefined)
      expect(job).toMatchObject({ status: 'Completed', errorRecordCount: bad.length })
      expect(manifest.successRecordCount).toBe(200 - bad.length)
      expect(bad.every((line) => line.modelOutput === undefined)).toBe(true)
      expect(bad.find(({ recordId }) => recordId === 'r3')?.error).toEqual({
        errorCode: 400,
        errorMessage: expect.stringMatching(/required key \[anthropic_version\] not found/),
      })
      expect(Math.abs(bad.length - 40)).toBeLessThan(20)
      return lines.map(({ recordId, error }) => [recordId, error?.errorCode])
    }
    expect(await run()).toEqual(await run())
  })

  it.each([
    ['less records (99) than the required minimum of: 100', 99, {}],
    ['more records (101) than the allowed maximum of: 100', 101, { maximumRecords: 100 }],
  ])('fails after validation with %s', async (message, records, limits) => {
    const clients = connect(await openBedrock({ batch: { ...QUICK, ...limits } }))
    await putRecords(clients, records)
    const { job } = await untilEnded(clients, await create(clients))
    expect(job).toMatchObject({ status: 'Failed', message: expect.stringContaining(message) })
    expect(job.totalRecordCount).toBe(0)
  })

  it('fails where there is nothing to read, or no bucket', async () => {
    const clients = connect(await openBedrock({ batch: QUICK }))
    const fail = async (changes: object) =>
      (await untilEnded(clients, await create(clients, changes))).job.message
    expect(await fail({})).toMatch(/no .jsonl file at s3:\/\/closecall-local\/in/)
    await putRecords(clients, 100)
    const s3OutputDataConfig = { s3Uri: 's3://no-such-bucket/x' }
    expect(await fail({ outputDataConfig: { s3OutputDataConfig } })).toMatch(/no-such-bucket/)
  })
})

describe('what CreateModelInvocationJob refuses', () => {
  it.each([
    [{ timeoutDurationInHours: 23 }, 'ValidationException', /from 24 to 168/],
    [{ timeoutDurationInHours: 169 }, 'ValidationException', /from 24 to 168/],
    [{ jobName: 'x'.repeat(64) }, 'ValidationException', /jobName/],
    [{ jobName: 'no spaces' }, 'ValidationException', /jobName/],
    [{ roleArn: 'me' }, 'ValidationException', /roleArn/],
    [{ modelId: 'no.such-model' }, 'ValidationException', /model identifier is invalid/],
    [{ modelId: 'closecall.echo-v1' }, 'AccessDeniedException', /access to the model/],
  ])('%j', async (changes, name, message) => {
    const clients = connect(await openBedrock({ deniedModels: ['closecall.echo-v1'] }))
    await expect(create(clients, changes)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    })
  })

  it('a token that was used for something else; the same request gets the same job', async () => {
    const clients = connect(await openBedrock())
    const clientRequestToken = 'run-7-part-1'
    const [one, two] = await Promise.all([
      create(clients, { clientRequestToken }),
      create(clients, { clientRequestToken }),
    ])
    expect(two).toBe(one)
    await expect(
      create(clients, { clientRequestToken, timeoutDurationInHours: 48 }),
    ).rejects.toMatchObject({ name: 'ConflictException', $metadata: { httpStatusCode: 400 } })
    expect(await create(clients)).not.toBe(one)
  })

  it('more jobs of a model than are allowed at a time', async () => {
    const clients = connect(await openBedrock({ batch: { mostJobs: 1 } }))
    await create(clients)
    await expect(create(clients)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  })
})

describe('jobs that do not reach their end', () => {
  it('stops, and what was answered can be fetched', async () => {
    const clients = connect(
      await openBedrock({
        batch: { ...QUICK, recordsPerSecond: 200, statusMs: { ...QUICK.statusMs, stopping: 100 } },
      }),
    )
    await putRecords(clients, 1_000)
    const arn = await create(clients)
    await until(clients, arn, ['InProgress'])
    await wait(200)
    await clients.bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier: arn }))
    expect((await get(clients, arn)).status).toBe('Stopping')
    const { job } = await untilEnded(clients, arn)
    expect(job.status).toBe('Stopped')
    const { lines, manifest } = await readOutput(clients, arn)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThan(1_000)
    expect([manifest.processedRecordCount, job.processedRecordCount]).toEqual([
      lines.length,
      lines.length,
    ])
    await expect(
      clients.bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier: arn })),
    ).rejects.toMatchObject({ name: 'ConflictException' })
  })

  it('stops before it began, with nothing to fetch', async () => {
    const clients = connect(await openBedrock())
    await putRecords(clients, 100)
    const arn = await create(clients)
    await clients.bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier: arn }))
    expect((await untilEnded(clients, arn)).job).toMatchObject({
      status: 'Stopped',
      processedRecordCount: 0,
    })
    await expect(get(clients, 'aaaaaaaaaaaa')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('expires when its time is over before it began', async () => {
    const server = await openBedrock({ batch: { statusMs: { ...QUICK.statusMs, scheduled: 1e9 } } })
    const clients = connect(server)
    await putRecords(clients, 100)
    const arn = await create(clients)
    await until(clients, arn, ['Scheduled'])
    await control(server, 'clock', { forwardMs: 24 * 3_600_000 })
    expect((await untilEnded(clients, arn)).job).toMatchObject({
      status: 'Expired',
      message: expect.stringMatching(/timed out/),
      processedRecordCount: 0,
    })
  })

  it('ends partially completed when its time is over, or where it is told to', async () => {
    const server = await openBedrock({ batch: { ...QUICK, recordsPerSecond: 200 } })
    const clients = connect(server)
    await putRecords(clients, 1_000)
    const slow = await create(clients)
    await until(clients, slow, ['InProgress'])
    await wait(200)
    await control(server, 'clock', { forwardMs: 24 * 3_600_000 })
    await control(server, 'batch', { ...QUICK, partialShare: 0.25 })
    const told = await create(clients)
    for (const [arn, most] of [
      [slow, 999],
      [told, 250],
    ] as const) {
      const { job } = await untilEnded(clients, arn)
      expect(job.status).toBe('PartiallyCompleted')
      const { lines } = await readOutput(clients, arn)
      expect(lines).toHaveLength(job.processedRecordCount ?? -1)
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.length).toBeLessThanOrEqual(most)
    }
  })

  it('fails on request', async () => {
    const clients = connect(await openBedrock({ batch: { ...QUICK, failMessage: 'Out of luck.' } }))
    await putRecords(clients, 100)
    const { job } = await untilEnded(clients, await create(clients))
    expect(job).toMatchObject({ status: 'Failed', message: 'Out of luck.' })
  })
})

describe('a restart', () => {
  it('goes on with jobs where they were, answers each record once, and knows their tokens', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'local-bedrock-test-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const first = await startLocalBedrock({
      dataDir,
      batch: { ...QUICK, recordsPerSecond: 2_000 },
      faults: { seed: 5, malformedRate: 0.1 },
    })
    const clients = connect(first)
    await putRecords(clients, 1_500)
    const clientRequestToken = 'once'
    const arn = await create(clients, { clientRequestToken })
    do await wait(20)
    while (((await get(clients, arn)).processedRecordCount ?? 0) < 600)
    await first.close()
    const again = connect(await openBedrock({ dataDir }))
    expect(await create(again, { clientRequestToken })).toBe(arn)
    const { job, seen } = await untilEnded(again, arn)
    expect(seen[0]).toBe('InProgress')
    expect(job).toMatchObject({
      status: 'Completed',
      processedRecordCount: 1_500,
      successRecordCount: 1_500,
    })
    const { lines } = await readOutput(again, arn)
    expect(new Set(lines.map(({ recordId }) => recordId)).size).toBe(1_500)
    expect(lines).toHaveLength(1_500)
    expect(await readdir(path.join(dataDir, 'jobs', arn.slice(-12)))).toEqual(['job.json'])
    // Faults go with the job, not with the server that ends it.
    const other = connect(
      await openBedrock({ batch: QUICK, faults: { seed: 5, malformedRate: 0.1 } }),
    )
    await putRecords(other, 1_500)
    const uninterrupted = await create(other)
    await untilEnded(other, uninterrupted)
    const sorted = (all: Line[]) => all.toSorted((a, b) => a.recordId.localeCompare(b.recordId))
    expect(sorted((await readOutput(other, uninterrupted)).lines)).toEqual(sorted(lines))
  })
})

describe('kill -9', { timeout: 60_000 }, () => {
  it('loses nothing and doubles nothing, however often it strikes', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'local-bedrock-test-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    let child = await launch(dataDir)
    onTestFinished(() => void child.process.kill('SIGKILL'))
    await control(child, 'batch', { ...QUICK, recordsPerSecond: 3_000 })
    const clients = connect(child)
    await putRecords(clients, 3_000)
    const arn = await create(clients, { clientRequestToken: 'once' })
    for (const share of [100, 900, 1_700]) {
      const counted = connect(child)
      do await wait(5)
      while (((await get(counted, arn)).processedRecordCount ?? 0) < share)
      child.process.kill('SIGKILL')
      await once(child.process, 'exit')
      child = await launch(dataDir)
    }
    const last = connect(child)
    const { job } = await untilEnded(last, arn)
    expect(job).toMatchObject({ status: 'Completed', successRecordCount: 3_000 })
    const { lines, manifest } = await readOutput(last, arn)
    expect(manifest.successRecordCount).toBe(3_000)
    expect(lines).toHaveLength(3_000)
    expect(new Set(lines.map(({ recordId }) => recordId)).size).toBe(3_000)
  })
})

async function launch(dataDir: string) {
  const args = ['--import', 'tsx', 'local/bedrock/main.ts']
  const env = { ...process.env, PORT: '0', LOCAL_BEDROCK_DATA: dataDir }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim().replace('Local Bedrock: ', '')
  return { process: child, url, s3Url: `${url}/_s3` }
}

describe('the list of jobs', () => {
  it('has the newest first, by pages, filtered by name, status and time', async () => {
    const clients = connect(await openBedrock())
    const names = ['a-1', 'a-2', 'b-1']
    for (const jobName of names) {
      await create(clients, { jobName })
      await wait(5)
    }
    const list = async (input: object) => {
      const seen: (string | undefined)[][] = []
      let nextToken: string | undefined
      do {
        const page = await clients.bedrock.send(
          new ListModelInvocationJobsCommand({ ...input, nextToken }),
        )
        seen.push((page.invocationJobSummaries ?? []).map(({ jobName }) => jobName))
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      return seen
    }
    expect(await list({})).toEqual([['b-1', 'a-2', 'a-1']])
    expect(await list({ sortOrder: 'Ascending', sortBy: 'CreationTime' })).toEqual([names])
    expect(await list({ maxResults: 2 })).toEqual([['b-1', 'a-2'], ['a-1']])
    expect(await list({ nameContains: 'a-' })).toEqual([['a-2', 'a-1']])
    expect(await list({ statusEquals: 'Completed' })).toEqual([[]])
    expect(await list({ submitTimeAfter: new Date(Date.now() + 60_000) })).toEqual([[]])
    await expect(list({ statusEquals: 'Lost' })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })
})

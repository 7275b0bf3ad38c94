import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { type Permission, writeRolePolicy, writeStatement, writeTrust } from './advice'
import type { CheckSettings } from './settings'

export type Step = {
  name: string
  /** `unsure`: neither allowed nor refused. */
  result: 'allowed' | 'missing' | 'unsure' | 'skipped'
  /** What happened, and what to paste where. */
  advice: string
}

/** Bedrock looks at a job's file some minutes after it has come. */
const LONGEST_LOOK_MS = 10 * 60_000
const LOOK_MS = 500

/**
 * Tries in turn each permission that the product needs, as it uses them. Costs one token of answer, and
 * leaves one small object in the bucket and one failed batch job without a price.
 */
export async function* checkPermissions(
  settings: CheckSettings,
  lookMs = LONGEST_LOOK_MS,
): AsyncGenerator<Step> {
  const clients = openClients(settings)
  try {
    const credentials = await tryStep('credentials', async () => {
      if (process.env.AWS_BEARER_TOKEN_BEDROCK && settings.batch === null) return
      await clients.s3.config.credentials()
    })
    yield credentials
    if (credentials.result === 'missing') return
    yield await tryPermission('bedrock:InvokeModel', settings, () => invoke(clients, settings))
    if (settings.batch === null) {
      yield skip('batch jobs', 'CLOSECALL_BATCH_BUCKET and CLOSECALL_BATCH_ROLE are not set.')
      return
    }
    yield* checkBatch(clients, { ...settings, batch: settings.batch }, lookMs)
  } finally {
    for (const client of Object.values(clients)) client.destroy()
  }
}

function openClients({ region }: CheckSettings) {
  const common = { region, maxAttempts: 2 }
  return {
    s3: new S3Client({ ...common, forcePathStyle: region === 'local' }),
    bedrock: new BedrockClient(common),
    // The client's own default speaks HTTP/2, which servers on this machine don't.
    runtime: new BedrockRuntimeClient({ ...common, requestHandler: new NodeHttpHandler() }),
  }
}
type Clients = ReturnType<typeof openClients>
type BatchSettings = CheckSettings & { batch: NonNullable<CheckSettings['batch']> }

function invoke({ runtime }: Clients, { modelId }: CheckSettings) {
  return runtime.send(
    new ConverseCommand({
      modelId,
      messages: [{ role: 'user', content: [{ text: 'Say yes.' }] }],
      inferenceConfig: { maxTokens: 1 },
    }),
  )
}

async function* checkBatch(
  clients: Clients,
  settings: BatchSettings,
  lookMs: number,
): AsyncGenerator<Step> {
  const { s3, bedrock } = clients
  const { bucket: Bucket, prefix } = settings.batch
  const folder = prefix === '' ? '' : `${prefix}/`
  const Key = `${folder}closecall-check.jsonl`
  // One record: fewer than a batch job may have, so that this one ends before it costs anything.
  const record = { recordId: 'R0000000000', modelInput: { messages: [] } }
  const Body = `${JSON.stringify(record)}\n`
  const allowed = (permission: Permission, use: () => Promise<unknown>) =>
    tryPermission(permission, settings, use)
  const put = await allowed('s3:PutObject', () =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body })),
  )
  yield put
  yield await allowed('s3:ListBucket', () =>
    s3.send(new ListObjectsV2Command({ Bucket, Prefix: folder, MaxKeys: 1 })),
  )
  if (put.result === 'allowed') {
    yield await allowed('s3:GetObject', async () => {
      const { Body: read } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      await read?.transformToString()
    })
  } else yield skip('s3:GetObject', 'Nothing could be written to be read.')
  yield await allowed('bedrock:ListModelInvocationJobs', () =>
    bedrock.send(new ListModelInvocationJobsCommand({ maxResults: 1 })),
  )
  const nobody = { jobIdentifier: nameNobody(settings) }
  yield await allowed('bedrock:GetModelInvocationJob', () =>
    bedrock.send(new GetModelInvocationJobCommand(nobody)).catch(passNotThere),
  )
  yield await allowed('bedrock:StopModelInvocationJob', () =>
    bedrock.send(new StopModelInvocationJobCommand(nobody)).catch(passNotThere),
  )
  if (put.result === 'allowed') yield* checkJob(clients, settings, Key, lookMs)
  else yield skip('bedrock:CreateModelInvocationJob', 'There is no file to make a job of.')
}

/** A job that there is not: whoever may ask for jobs hears just that. */
const nameNobody = ({ region, batch }: BatchSettings) =>
  `arn:aws:bedrock:${region}:${batch.roleArn.split(':')[4]}:model-invocation-job/closecallchk`

function passNotThere(error: unknown): void {
  const known = ['ResourceNotFoundException', 'ValidationException', 'ConflictException']
  if (!(error instanceof Error) || !known.includes(error.name)) throw error
}

/** Makes a job that Bedrock checks and does not carry out. */
async function* checkJob(
  { bedrock }: Clients,
  settings: BatchSettings,
  Key: string,
  lookMs: number,
): AsyncGenerator<Step> {
  const { bucket, roleArn } = settings.batch
  const uri = `s3://${bucket}/${Key}`
  let jobArn: string | undefined
  const made = await tryPermission('bedrock:CreateModelInvocationJob', settings, async () => {
    const job = await bedrock.send(
      new CreateModelInvocationJobCommand({
        jobName: `closecall-check-${randomUUID()}`,
        roleArn,
        modelId: settings.modelId,
        modelInvocationType: 'Converse',
        inputDataConfig: { s3InputDataConfig: { s3InputFormat: 'JSONL', s3Uri: uri } },
        outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${bucket}/${Key}-out/` } },
      }),
    )
    jobArn = job.jobArn
  })
  // Bedrock refuses both with the same error, and names in its text which of them it is.
  if (made.result === 'missing' && /iam:PassRole/i.test(made.advice)) {
    yield { name: 'bedrock:CreateModelInvocationJob', result: 'allowed', advice: '' }
    yield { ...made, name: 'iam:PassRole', advice: advise('iam:PassRole', settings, made.advice) }
    return
  }
  yield made
  if (jobArn === undefined) {
    if (made.result === 'missing') yield skip('iam:PassRole', 'Bedrock did not get as far as that.')
    return
  }
  yield { name: 'iam:PassRole', result: 'allowed', advice: '' }
  yield await followJob(bedrock, jobArn, settings, lookMs)
}

const TOO_FEW = /less records|fewer records|minimum/i

async function followJob(
  bedrock: BedrockClient,
  jobIdentifier: string,
  settings: BatchSettings,
  lookMs: number,
): Promise<Step> {
  const name = 'the role of batch jobs'
  const until = Date.now() + lookMs
  while (Date.now() < until) {
    const { status, message = '' } = await bedrock.send(
      new GetModelInvocationJobCommand({ jobIdentifier }),
    )
    if (status === 'Failed' && TOO_FEW.test(message)) {
      return { name, result: 'allowed', advice: 'Bedrock took it and read the file.' }
    }
    if (status === 'Failed') {
      return {
        name,
        result: 'missing',
        advice: `Bedrock says: “${message}”\nTrust policy of ${settings.batch.roleArn}:\n${writeTrust(settings)}\nIts permissions:\n${writeRolePolicy(settings)}`,
      }
    }
    if (status !== 'Submitted' && status !== 'Validating') break
    await wait(LOOK_MS)
  }
  await bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier })).catch(passNotThere)
  return {
    name,
    result: 'unsure',
    advice: `Bedrock has not told yet. Look at ${jobIdentifier} in the console: “fewer records than the minimum” is the right answer.`,
  }
}

const skip = (name: string, advice: string): Step => ({ name, result: 'skipped', advice })

function advise(permission: Permission, settings: CheckSettings, said: string): string {
  const [first = ''] = said.split('\n')
  return `${first}\nAdd to the policy of the credentials in use:\n${writeStatement(permission, settings)}`
}

async function tryPermission(
  permission: Permission,
  settings: CheckSettings,
  use: () => Promise<unknown>,
): Promise<Step> {
  const step = await tryStep(permission, use)
  return step.result === 'missing'
    ? { ...step, advice: advise(permission, settings, step.advice) }
    : step
}

const REFUSED = /AccessDenied|Forbidden|Unauthorized|Credential|UnrecognizedClient|Token|Signature/

async function tryStep(name: string, use: () => Promise<unknown>): Promise<Step> {
  try {
    await use()
    return { name, result: 'allowed', advice: '' }
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    const result = error instanceof Error && REFUSED.test(error.name) ? 'missing' : 'unsure'
    return { name, result, advice: said }
  }
}

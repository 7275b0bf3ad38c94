import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Uploads } from '../s3/multipart'
import type { S3State } from '../s3/operations'
import { isS3, S3_PATH, serveS3 } from '../s3/serve'
import { ObjectStore } from '../s3/store'
import { Jobs } from './batch/jobs'
import { BATCH_DEFAULTS, type BatchSettings } from './batch/settings'
import { BedrockError } from './errors'
import { type Faults, NO_FAULTS } from './faults'
import { findRoute } from './routes'
import { invalid } from './shape'
import { State } from './state'

export type LocalBedrockOptions = {
  /** 0 or absent: any free port. */
  port?: number
  faults?: Partial<Faults>
  batch?: Partial<BatchSettings>
  /** Models that answer with AccessDeniedException. */
  deniedModels?: readonly string[]
  /** Where objects and batch jobs are kept. Absent: a folder that goes with the server. */
  dataDir?: string
}
export type LocalBedrock = {
  /** The endpoint for the SDK, without a slash at its end. */
  url: string
  /** The endpoint for S3. */
  s3Url: string
  /** Ends open calls and frees the port. */
  close: () => Promise<void>
}

/** Bedrock itself takes at most 20 MB. */
const LARGEST_BODY = 20_000_000
/** There from the start, so that nobody has to create one. */
const FIRST_BUCKET = 'closecall-local'

/** Serves Bedrock's and S3's APIs on 127.0.0.1. Rejects where the port is taken. */
export async function startLocalBedrock(options: LocalBedrockOptions = {}): Promise<LocalBedrock> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'local-bedrock-')))
  const store = await ObjectStore.open(path.join(dataDir, 's3'))
  await store.createBucket(FIRST_BUCKET)
  const s3: S3State = { store, uploads: new Uploads(store) }
  const state = new State({ ...NO_FAULTS, ...options.faults }, new Set(options.deniedModels))
  state.batch = { ...BATCH_DEFAULTS, ...options.batch }
  const jobs = await Jobs.open(path.join(dataDir, 'jobs'), store, state)
  state.jobs = jobs
  const server = createServer((request, response) => {
    const answered = isS3(request)
      ? serveS3(request, response, s3)
      : answer(request, response, state)
    answered.catch((error: unknown) => {
      console.error('Local Bedrock could not answer:', error)
      response.destroy()
    })
  })
  // The SDK keeps connections for its next call: one closed under its hands is a failed call.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    s3Url: `${url}${S3_PATH}`,
    close: async () => {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      })
      await jobs.close()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: State,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const count = (outcome: string) => {
    if (!request.url?.startsWith('/_local/')) state.countOutcome(outcome)
  }
  try {
    const { status, body, headers } = await act(request, state, gone.signal)
    send(response, status, body, headers)
  } catch (error) {
    if (gone.signal.aborted) return count('disconnected')
    const known =
      error instanceof BedrockError ? error : new BedrockError('InternalServerException')
    if (known !== error) console.error('Local Bedrock failed:', error)
    count(known.name)
    send(response, known.status, { message: known.message }, { 'x-amzn-errortype': known.name })
  }
}

async function act(request: IncomingMessage, state: State, signal: AbortSignal) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const body = await readBody(request)
  const found = findRoute(request.method ?? 'GET', pathname)
  if (!found) throw new BedrockError('UnknownOperationException')
  // A page in a browser sends its origin; no client of this server does.
  if (request.headers.origin !== undefined) throw new BedrockError('AccessDeniedException')
  if (found.route.signed && !request.headers.authorization) {
    throw new BedrockError('UnrecognizedClientException')
  }
  return found.route.action({ path: found.path, query: searchParams, body, signal }, state)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const part = Buffer.from(chunk)
    size += part.length
    // Read on without keeping: an early answer would reach the SDK as a broken pipe.
    if (size <= LARGEST_BODY) chunks.push(part)
  }
  if (size > LARGEST_BODY) throw invalid(`The request body exceeds ${LARGEST_BODY} bytes.`)
  return Buffer.concat(chunks).toString('utf8')
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...headers,
  })
  response.end(JSON.stringify(body))
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

function start(file: string, args: string[] = [], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

export type TestBedrock = {
  url: string
  /** Faults of local/bedrock from now on, in place of former ones. */
  setFaults: (faults: object) => Promise<void>
  /** How batch jobs go that come from now on. */
  setBatch: (settings: object) => Promise<void>
  /** The same as `POST /_local/clock`. */
  putForward: (forwardMs: number) => Promise<void>
  /** Answers given and errors returned so far, by name. */
  countOutcomes: () => Promise<Record<string, number>>
  /** As when the way there is cut: calls under way get no answer, and new ones reach nobody. */
  cut: () => Promise<void>
  /** It is there again, under the same address. */
  startAgain: () => Promise<void>
  close: () => void
}

/** Starts the local Bedrock as its own process and points the SDK of this one to it. */
export async function startBedrock(): Promise<TestBedrock> {
  const open = (port: string) =>
    start('local/bedrock/main.ts', [], { PORT: port, EXIT_WITH_PARENT: '1' })
  let child = open('0')
  const url = await readUrl(child)
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = url
  process.env.AWS_ENDPOINT_URL_BEDROCK = url
  process.env.AWS_ENDPOINT_URL_S3 = `${url}/_s3`
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  const control = async (what: string, settings: object) => {
    const body = JSON.stringify(settings)
    const response = await fetch(`${url}/_local/${what}`, { method: 'POST', body })
    if (!response.ok) throw new Error(await response.text())
  }
  return {
    url,
    setFaults: (faults) => control('faults', faults),
    setBatch: (settings) => control('batch', settings),
    putForward: (forwardMs) => control('clock', { forwardMs }),
    countOutcomes: async () => {
      const response = await fetch(`${url}/_local/stats`)
      return ((await response.json()) as { outcomes: Record<string, number> }).outcomes
    },
    cut: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    startAgain: async () => {
      child = open(new URL(url).port)
      await readUrl(child)
    },
    close: () => child.kill(),
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\S+/.exec(line)?.[0]
    if (url) return url
  }
  throw new Error('The local Bedrock ended before it listened')
}

/** A worker process that labels one run and ends. */
export const startLabeller = (runId: string, leaseMs: number) =>
  startWorker('labeller', runId, leaseMs)

/** A worker process that goes through one study and ends. */
export const startStudyWorker = (studyId: string, leaseMs: number) =>
  startWorker('study-worker', studyId, leaseMs)

/** A worker process that tends the batch jobs of one run, by way of `url`, and ends. */
export const startBatchWorker = (runId: string, url: string) =>
  startWorker('batch-worker', runId, 0, {
    AWS_ENDPOINT_URL_BEDROCK: url,
    AWS_ENDPOINT_URL_S3: `${url}/_s3`,
  })

function startWorker(name: string, id: string, leaseMs: number, env: Record<string, string> = {}) {
  const child = start(`lib/runs/testing/${name}.ts`, [id, String(leaseMs)], env)
  const ended = once(child, 'exit')
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    /** The exit code; null when it was killed. */
    ended: async () => (await ended)[0] as number | null,
  }
}

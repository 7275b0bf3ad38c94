import { type ChildProcess, spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'

const START_LIMIT_MS = 10 * 60_000

export type RunningProduct = {
  url: string
  /** The launcher’s. */
  pid: number
  /** From the command to the Ready line. */
  seconds: number
  stop: () => Promise<void>
}

/** Runs `npm start` in a checkout and waits for its Ready line. */
export async function startProduct(folder: string, dataDir: string): Promise<RunningProduct> {
  const { DATABASE_URL: _, NEXTAUTH_SECRET: __, ...env } = process.env
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, PORT: '0', CLOSECALL_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const url = await readyUrl(child)
  return {
    url,
    pid: child.pid ?? 0,
    seconds: (performance.now() - began) / 1000,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      if (child.pid) process.kill(-child.pid, 'SIGINT')
      await ended
    },
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((ready, fail) => {
    const limit = setTimeout(() => fail(new Error(`Not ready:\n${output}`)), START_LIMIT_MS)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /^Ready: (\S+)/m.exec(output)?.[1]
      if (!url) return
      clearTimeout(limit)
      ready(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => fail(new Error(`Ended with ${code}:\n${output}`)))
  })
}

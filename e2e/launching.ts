import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const START_LIMIT_MS = 5 * 60_000

export type Launched = { url: string; stop: () => Promise<void> }

/** Starts the whole product on fresh data, as `npm start` does. */
export async function launchProduct(
  dataDir: string,
  env: Record<string, string> = {},
): Promise<Launched> {
  rmSync(dataDir, { recursive: true, force: true })
  const child = spawn('node', ['scripts/start.mjs'], {
    env: { ...process.env, ...env, PORT: '0', CLOSECALL_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { url: await readUrl(child), stop: () => stop(child) }
}

function readUrl(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise<string>((ready, fail) => {
    const limit = setTimeout(() => fail(new Error(`No Ready line:\n${output}`)), START_LIMIT_MS)
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const url = /^Ready: (\S+)/m.exec(output)?.[1]
      if (!url) return
      clearTimeout(limit)
      ready(url)
    })
    child.on('exit', (code) => fail(new Error(`The product ended with ${code}:\n${output}`)))
  })
}

async function stop(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null) return
  const ended = new Promise((done) => launcher.once('exit', done))
  launcher.kill('SIGINT')
  await ended
}

import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { request } from '@playwright/test'
import { DATA, PEOPLE, stateFile } from './people'

const START_LIMIT_MS = 5 * 60_000

/** Starts the whole product on fresh data, as `npm start` does, and signs the demo people in. */
export default async function startProduct() {
  const launcher = process.env.E2E_URL ? null : await launch()
  const baseURL = process.env.E2E_URL ?? ''
  for (const person of PEOPLE) {
    const context = await request.newContext({
      baseURL,
      extraHTTPHeaders: { origin: baseURL },
    })
    const { csrfToken } = await (await context.get('/api/auth/csrf')).json()
    const signedIn = await context.post('/api/auth/callback/demo', {
      form: { person, csrfToken, json: 'true' },
    })
    if (!signedIn.ok()) throw new Error(`${person} could not sign in: ${await signedIn.text()}`)
    await context.storageState({ path: stateFile(person) })
    await context.dispose()
  }
  return async () => {
    if (launcher) await stop(launcher)
  }
}

async function launch(): Promise<ChildProcess> {
  rmSync(DATA, { recursive: true, force: true })
  const child = spawn('node', ['scripts/start.mjs'], {
    env: { ...process.env, PORT: '0', CLOSECALL_DATA: DATA },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  process.env.E2E_URL = await new Promise<string>((ready, fail) => {
    const limit = setTimeout(() => fail(new Error(`No Ready line:\n${output}`)), START_LIMIT_MS)
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const url = /^Ready: (\S+)/m.exec(output)?.[1]
      if (!url) return
      clearTimeout(limit)
      ready(url)
    })
    child.on('exit', (code) => fail(new Error(`The product ended with ${code}:\n${output}`)))
  })
  return child
}

async function stop(launcher: ChildProcess): Promise<void> {
  const ended = new Promise((done) => launcher.once('exit', done))
  launcher.kill('SIGINT')
  await ended
}

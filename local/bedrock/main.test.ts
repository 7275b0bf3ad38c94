import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function launch(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/bedrock/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.push(child)
  return child
}

async function readUrl(child: ReturnType<typeof launch>): Promise<string> {
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  expect(line).toMatch(/^Local Bedrock: http:\/\/127\.0\.0\.1:\d+\n$/)
  return String(line).trim().replace('Local Bedrock: ', '')
}

describe('main', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens and ends on %s',
    async (signal) => {
      const child = launch({})
      const url = await readUrl(child)
      expect((await fetch(`${url}/_local/stats`)).status).toBe(200)
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([0, null])
    },
  )

  it('ends when its parent is gone', async () => {
    const child = launch({ EXIT_WITH_PARENT: '1' })
    await readUrl(child)
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says so when the port is taken or is no port', async () => {
    const url = await readUrl(launch({}))
    for (const [port, message] of [
      [new URL(url).port, /port \d+ is taken/],
      ['http', /PORT is "http"/],
    ] as const) {
      const child = launch({ PORT: port })
      const [text] = await once(child.stderr.setEncoding('utf8'), 'data')
      expect(text).toMatch(message)
      if (child.exitCode === null) await once(child, 'exit')
      expect(child.exitCode).toBe(1)
    }
  })
})

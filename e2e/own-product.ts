import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../local/postgres/server.mjs'
import { launchProduct } from './launching'
import { DATA } from './people'

export type OwnProduct = {
  url: string
  dataDir: string
  stop: () => Promise<void>
  /** As a crash would; the launcher starts it again by itself. */
  killWebServer: () => void
  killDatabase: () => Promise<void>
}

/** A product of a test's own, beside the one of all tests: for what would be in their way. */
export async function startOwnProduct(name: string): Promise<OwnProduct> {
  const dataDir = `${DATA}-${name}`
  const { url, stop } = await launchProduct(dataDir, { CLOSECALL_EMPTY: '1' })
  return {
    ...{ url, dataDir, stop },
    killWebServer() {
      // With all that it has started: a group of its own.
      process.kill(-pidOf(dataDir, 'web'), 'SIGKILL')
    },
    async killDatabase() {
      // It runs already: this only finds it.
      const database = await startPostgres({ dataDir: join(dataDir, 'postgres') })
      await database.kill9()
    },
  }
}

/** The launcher writes down what it has started. */
export function pidOf(dataDir: string, name: string): number {
  const run: { children: { name: string; pid: number }[] } = JSON.parse(
    readFileSync(join(dataDir, 'run.json'), 'utf8'),
  )
  const child = run.children.find((started) => started.name === name)
  if (!child) throw new Error(`The launcher has started no ${name}`)
  return child.pid
}

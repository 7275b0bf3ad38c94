// What stands in the launcher's way is said in a sentence, and the exit code is not 0.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../../launch/settings.mjs'
import { launch, newFolder, stopAll } from './launch.mjs'

after(stopAll)

// Reserved, and closed everywhere: connections are refused at once.
const CLOSED = '127.0.0.1:9'

/** @param {ReturnType<typeof launch>} launcher @param {RegExp} sentence */
async function failsWith(launcher, sentence) {
  assert.equal(await launcher.ended, 1, launcher.output())
  assert.match(launcher.output(), sentence)
  assert.doesNotMatch(launcher.output(), /^ {4}at /m, 'no stack')
}

test('a taken port: by whom', async () => {
  const server = createServer()
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const holder = process.platform === 'linux' ? `by process ${process.pid} ` : ''
  await failsWith(
    launch(newFolder('port'), { PORT: String(port) }),
    RegExp(`Port ${port} is taken ${holder}`),
  )
  server.close()
})

test('a port that is none', async () => {
  await failsWith(
    launch(newFolder('port'), { PORT: '70000' }),
    /PORT must be a number from 0 to 65535/,
  )
})

test('a database that cannot be reached', async () => {
  const url = `postgresql://somebody:secret@${CLOSED}/closecall`
  const launcher = launch(newFolder('unreachable'), { DATABASE_URL: url })
  await failsWith(
    launcher,
    /database of DATABASE_URL \(127\.0\.0\.1:9\/closecall\) cannot be reached/,
  )
  assert.doesNotMatch(launcher.output(), /secret/)
})

test('a data folder with a file in its place', async () => {
  const place = newFolder('place')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'file'), '')
  await failsWith(
    launch(join(place, 'file')),
    /data folder .*file cannot be written: a file is in its place/,
  )
})

test('a data folder that nobody may write', { skip: process.platform !== 'linux' }, async () => {
  await failsWith(launch('/proc/closecall'), /data folder \/proc\/closecall cannot be written/)
})

test('no package registry', async () => {
  const bare = newFolder('bare')
  for (const path of ['package.json', 'package-lock.json', 'scripts', 'local']) {
    cpSync(join(ROOT, path), join(bare, path), { recursive: true })
  }
  const env = {
    npm_config_registry: `http://${CLOSED}/`,
    npm_config_cache: join(bare, 'cache'),
    npm_config_fetch_retries: '0',
  }
  await failsWith(launch(join(bare, '.data'), env, bare), /package registry cannot be reached/)
})

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runToEnd } from './children.mjs'
import { withLock } from './file-lock.mjs'
import { say } from './report.mjs'
import { ROOT } from './settings.mjs'
import { hashOf, isStamped, writeStamp } from './stamp.mjs'

// Two launchers may share the project: `npm test` beside `npm start`.
export const PRODUCTS_LOCK = join(ROOT, 'generated', 'making.lock')

/**
 * Installs the packages of the lockfile, unless just these are there.
 * @param {import('./children.mjs').Context} context
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function install(context) {
  const hash = hashOf(['package-lock.json'], [process.platform, process.arch])
  const stamp = join(ROOT, 'node_modules', '.closecall-install')
  if (isStamped(stamp, hash)) return false
  const onWait = (/** @type {number} */ pid) =>
    say(`Waiting for process ${pid}, which installs here.`)
  return withLock(PRODUCTS_LOCK, onWait, async () => {
    if (isStamped(stamp, hash)) return false
    // No package needs its install script here, and some would fetch from hosts that a closed
    // network does not reach.
    const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    const [program, first] = findNpm()
    const env = { ...process.env, ...patience(process.env), NODE_ENV: 'development' }
    await runToEnd({ name: 'install', program, args: [...first, ...args], env }, context, explain)
    writeStamp(stamp, hash)
    return true
  })
}

/** npm as it runs already, else beside this Node, else by name. @returns {[string, string[]]} */
function findNpm() {
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
  const script = process.env.npm_execpath ?? beside
  return script.endsWith('.js') && existsSync(script) ? [process.execPath, [script]] : ['npm', []]
}

/** npm's own patience with a registry that does not answer is over a minute. @param {NodeJS.ProcessEnv} env */
function patience(env) {
  return {
    npm_config_fetch_retry_mintimeout: env.npm_config_fetch_retry_mintimeout ?? '1000',
    npm_config_fetch_retry_maxtimeout: env.npm_config_fetch_retry_maxtimeout ?? '5000',
  }
}

/** @param {string} log */
function explain(log) {
  if (
    /E?CONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET/.test(
      log,
    )
  ) {
    return 'The packages could not be installed: the package registry cannot be reached.\n  Check the network, or set npm_config_registry to a registry that can be reached.'
  }
  if (/ENOSPC/.test(log)) return 'The packages could not be installed: the disk is full.'
  return 'The packages could not be installed.'
}

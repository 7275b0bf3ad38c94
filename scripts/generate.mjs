// Writes the Prisma client to generated/prisma. `npm run generate` does it always; the launcher
// only when the schema has changed.
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runToEnd } from './launch/children.mjs'
import { withLock } from './launch/file-lock.mjs'
import { PRODUCTS_LOCK } from './launch/install.mjs'
import { chooseNode } from './launch/node-version.mjs'
import { say } from './launch/report.mjs'
import { ROOT } from './launch/settings.mjs'
import { hashOf, isStamped, writeStamp } from './launch/stamp.mjs'

/**
 * @param {string} node
 * @param {import('./launch/children.mjs').Context} context
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function generate(node, context) {
  const hash = hashOf(['prisma/schema', 'prisma.config.ts', 'package-lock.json'])
  const stamp = join(ROOT, 'generated', 'prisma', '.stamp')
  if (isStamped(stamp, hash)) return false
  const onWait = (/** @type {number} */ pid) =>
    say(`Waiting for process ${pid}, which installs here.`)
  return withLock(PRODUCTS_LOCK, onWait, async () => {
    if (isStamped(stamp, hash)) return false
    await runToEnd(generateCommand(node), context, () => 'The Prisma client could not be made.')
    writeStamp(stamp, hash)
    return true
  })
}

/** @param {string} node */
function generateCommand(node) {
  // The native engine comes from a host that a closed network does not reach. To generate, Prisma
  // only wants to see that there is one; should it ever start it, that fails and is seen.
  const engine = join(ROOT, 'scripts', 'no-schema-engine.sh')
  chmodSync(engine, 0o755)
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: engine,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  const args = ['node_modules/prisma/build/index.js', 'generate']
  return { name: 'generate', program: node, args, env }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { program, args, env } = generateCommand(chooseNode())
  process.exitCode = spawnSync(program, args, { cwd: ROOT, env, stdio: 'inherit' }).status ?? 1
}

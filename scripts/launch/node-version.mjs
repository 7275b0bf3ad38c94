import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Trouble } from './report.mjs'
import { ROOT } from './settings.mjs'

/** The launcher itself runs on this and anything newer. */
export function checkNode() {
  if (isAtLeast(process.versions.node, 20, 19)) return
  throw new Trouble(
    `Closecall needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org/`,
  )
}

/** The Node that runs the product: the one that came with the packages, else this one. */
export function chooseNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const system = process.platform === 'win32' ? 'win' : process.platform
  const brought = join(ROOT, 'node_modules', `node-${system}-${process.arch}`, 'bin', name)
  // Being there is not enough: it does not run on systems with another C library.
  if (spawnSync(brought, ['--version']).status === 0) return brought
  if (isAtLeast(process.versions.node, 22, 13)) return process.execPath
  throw new Trouble(
    `There is no Node 24 package for this platform (${process.platform} ${process.arch}), and Node ` +
      `${process.versions.node} is too old to serve. Install Node 24: https://nodejs.org/`,
  )
}

/** @param {string} version @param {number} major @param {number} minor */
function isAtLeast(version, major, minor) {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

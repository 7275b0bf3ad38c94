import { spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { binariesIn } from './binaries.mjs'

/**
 * PostgreSQL refuses to run as root. An Account says how its programs are run instead.
 * @typedef {object} Account
 * @property {'own' | 'namespace' | 'nobody'} kind
 * @property {import('./binaries.mjs').Binaries} binaries
 * @property {(program: string, args: string[]) => [string, string[]]} command
 * @property {{ uid?: number, gid?: number }} identity options for spawn
 */

// Both have an entry in /etc/passwd everywhere; initdb fails for a user without one.
const NOBODY = 65534
const HOME = '/var/lib/closecall'

/**
 * As an ordinary user: directly. As root: in a user namespace in which root's files belong to
 * `nobody`, so nothing changes its owner; where namespaces are closed, really as `nobody`, with
 * programs and data below /var/lib, because `nobody` cannot enter folders like /root.
 * @param {import('./binaries.mjs').Binaries} binaries
 * @returns {Account}
 */
export function chooseAccount(binaries) {
  const isRoot = process.getuid?.() === 0
  if (!isRoot)
    return { kind: 'own', binaries, command: (program, args) => [program, args], identity: {} }
  const forced = process.env.CLOSECALL_POSTGRES_ACCOUNT
  const map = ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  const hasNamespaces = spawnSync('unshare', [...map, binaries.initdb, '--version']).status === 0
  if (hasNamespaces && forced !== 'nobody') {
    return {
      kind: 'namespace',
      binaries,
      command: (program, args) => ['unshare', [...map, program, ...args]],
      identity: {},
    }
  }
  return {
    kind: 'nobody',
    binaries: copyBinaries(binaries),
    command: (program, args) => [program, args],
    identity: { uid: NOBODY, gid: NOBODY },
  }
}

/** A new, empty folder below /var/lib that `nobody` owns. */
export function makeFolderForNobody() {
  mkdirSync(HOME, { recursive: true, mode: 0o755 })
  const folder = mkdtempSync(join(HOME, 'data-'))
  chownSync(folder, NOBODY, NOBODY)
  return folder
}

/** @param {import('./binaries.mjs').Binaries} binaries */
function copyBinaries(binaries) {
  const { version } = JSON.parse(readFileSync(join(dirname(binaries.root), 'package.json'), 'utf8'))
  const target = join(HOME, `postgres-${version}`)
  if (!existsSync(target)) {
    mkdirSync(HOME, { recursive: true, mode: 0o755 })
    const half = `${target}.${process.pid}`
    cpSync(binaries.root, half, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(half, target)
    } catch (error) {
      // Another start was faster, and its copy is as good.
      rmSync(half, { recursive: true })
      if (!existsSync(target)) throw error
    }
  }
  return binariesIn(target)
}

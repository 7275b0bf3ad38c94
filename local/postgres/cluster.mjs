import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolderForNobody } from './account.mjs'

export const USER = 'closecall'

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when complete,
 * so that a killed initdb leaves nothing half-made behind. The password is part of it: it lies in
 * the cluster's folder and appears with the same rename.
 * @param {string} dataDir
 * @param {import('./account.mjs').Account} account
 * @returns {Promise<{ password: string }>}
 */
export async function ensureCluster(dataDir, account) {
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await makeCluster(dataDir, account)
  checkVersion(dataDir)
  return { password: readFileSync(join(dataDir, 'closecall.password'), 'utf8').trim() }
}

/** @param {string} dataDir @param {import('./account.mjs').Account} account */
async function makeCluster(dataDir, account) {
  mkdirSync(dirname(dataDir), { recursive: true })
  removeLeftovers(dataDir)
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(
      `${dataDir} holds files, but no PostgreSQL database. Move them away, then start again.`,
    )
  }
  const isNobody = account.kind === 'nobody'
  const half = isNobody ? makeFolderForNobody() : `${dataDir}.new-${process.pid}`
  const password = randomBytes(24).toString('hex')
  const passwordFile = `${half}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isNobody) chownSync(passwordFile, account.identity.uid ?? 0, account.identity.gid ?? 0)
  await runInitdb(half, passwordFile, account)
  renameSync(passwordFile, join(half, 'closecall.password'))
  if (!isNobody) return renameSync(half, dataDir)
  // The cluster lies elsewhere: the link is made last, and by one atomic step.
  rmSync(dataDir, { recursive: true, force: true })
  symlinkSync(half, dataDir)
}

/** @param {string} folder @param {string} passwordFile @param {import('./account.mjs').Account} account */
async function runInitdb(folder, passwordFile, account) {
  const [program, args] = account.command(account.binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // A crash in the middle is answered by starting over, so nothing needs to be on disk yet …
    '--no-sync',
  ])
  try {
    await promisify(execFile)(program, args, { ...account.identity, cwd: '/' })
    // … but from the rename on, it does.
    await syncFolder(folder, account)
  } catch (error) {
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error)
    throw new Error(`The database could not be set up: ${stderr?.trim() || message}`, {
      cause: error,
    })
  }
}

/** @param {string} folder @param {import('./account.mjs').Account} account */
async function syncFolder(folder, account) {
  const [program, args] = account.command(account.binaries.initdb, [
    '--sync-only',
    `--pgdata=${folder}`,
  ])
  await promisify(execFile)(program, args, { ...account.identity, cwd: '/' })
}

/** @param {string} dataDir */
function removeLeftovers(dataDir) {
  for (const name of readdirSync(dirname(dataDir))) {
    if (name.startsWith(`${basename(dataDir)}.new-`)) {
      rmSync(join(dirname(dataDir), name), { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** @param {string} dataDir */
function checkVersion(dataDir) {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (found === '18') return
  const place = lstatSync(dataDir).isSymbolicLink() ? readlinkSync(dataDir) : dataDir
  throw new Error(
    `The database in ${place} was made by PostgreSQL ${found}; this copy of Closecall brings 18.`,
  )
}

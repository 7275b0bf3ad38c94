import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Trouble } from './report.mjs'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * @typedef {object} Settings
 * @property {number} port 0: any free one
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {string} dist where the build goes, relative to the project
 * @property {string | null} databaseUrl null: the built-in PostgreSQL
 * @property {'local' | 'production'} mode
 * @property {boolean} isEmpty without demo content
 * @property {'local' | 'aws'} bedrock
 */

/** @param {NodeJS.ProcessEnv} env @returns {Settings} */
export function readSettings(env) {
  const databaseUrl = env.DATABASE_URL || null
  const mode = databaseUrl === null ? 'local' : 'production'
  return {
    port: readPort(env.PORT),
    // Local mode signs people in without a password, so nobody else may reach it.
    host: mode === 'local' ? '127.0.0.1' : env.HOST || '127.0.0.1',
    dataDir: resolve(ROOT, env.CLOSECALL_DATA || '.data'),
    dist: env.CLOSECALL_DIST || '.next',
    databaseUrl,
    mode,
    isEmpty: env.CLOSECALL_EMPTY === '1',
    bedrock: readBedrock(env),
  }
}

/** @param {string | undefined} text */
function readPort(text) {
  if (!text) return 3000
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535)
    throw new Trouble(`PORT must be a number from 0 to 65535, not "${text}".`)
  if (BLOCKED_PORTS.has(port)) {
    throw new Trouble(
      `PORT can't be ${port}: browsers refuse to open it, as it belongs to another protocol.\n` +
        '  Choose another, such as PORT=3000, or PORT=0 for any free one.',
    )
  }
  return port
}

/**
 * What no browser and no fetch connects to: https://fetch.spec.whatwg.org/#port-blocking. Node tells of
 * one only by trying it, so that a test holds the two together.
 */
export const BLOCKED_PORTS = new Set([
  ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95],
  ...[101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179],
  ...[389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587],
  ...[601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061],
  ...[6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
])

const SIGNS_OF_AWS = [
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
]

/** @param {NodeJS.ProcessEnv} env */
function readBedrock(env) {
  if (env.CLOSECALL_BEDROCK === 'local' || env.CLOSECALL_BEDROCK === 'aws')
    return env.CLOSECALL_BEDROCK
  return SIGNS_OF_AWS.some((name) => env[name]) ? 'aws' : 'local'
}

/** @param {string} dataDir */
export function prepareDataFolder(dataDir) {
  try {
    makeFolder(join(dataDir, 'logs'))
    accessSync(dataDir, constants.W_OK)
    const probe = join(dataDir, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const reason = reasons[Object(error).code] ?? Object(error).message
    throw new Trouble(
      `The data folder ${dataDir} cannot be written: ${reason}.\n` +
        '  Set CLOSECALL_DATA to a folder that can be, or mend its rights.',
    )
  }
}

/**
 * Node's own recursive mkdir never returns below /proc, where making a folder answers that its
 * parent is missing.
 * @param {string} path
 */
function makeFolder(path) {
  try {
    mkdirSync(path)
  } catch (error) {
    const { code } = Object(error)
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    makeFolder(dirname(path))
    mkdirSync(path)
  }
}

/** @type {Record<string, string>} */
const reasons = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file is in its place',
  ENOTDIR: 'a file is in its place',
  ENOENT: 'no folder can be made there',
}

/** Signs the sessions: made once, so that people stay signed in over a restart. @param {string} dataDir */
export function ensureSecret(dataDir) {
  const file = join(dataDir, 'secret')
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (known.length >= 32) return known
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, secret, { mode: 0o600 })
  return secret
}

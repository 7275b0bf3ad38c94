import { delimiter, dirname, join } from 'node:path'
import { isRunning, sendSignal } from '../../local/postgres/processes.mjs'
import { logFile } from './children.mjs'
import { checkDatabase, startDatabase } from './database.mjs'
import { ensureSecret } from './settings.mjs'
import { supervise } from './supervise.mjs'

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * What the web server and the worker are told.
 * @param {{ settings: Settings, node: string, databaseUrl: string, url: string, bedrockUrl: string | null }} facts
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnv({ settings, node, databaseUrl, url, bedrockUrl }) {
  const env = process.env
  const isLocal = settings.mode === 'local'
  return {
    ...env,
    PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}`,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    CLOSECALL_MODE: settings.mode,
    CLOSECALL_DATA: settings.dataDir,
    CLOSECALL_DIST: settings.dist,
    CLOSECALL_BEDROCK: settings.bedrock,
    NEXTAUTH_URL: (!isLocal && env.NEXTAUTH_URL) || url,
    NEXTAUTH_SECRET: (!isLocal && env.NEXTAUTH_SECRET) || ensureSecret(settings.dataDir),
    ...(bedrockUrl === null ? {} : localBedrockEnv(bedrockUrl)),
  }
}

/**
 * The local Bedrock speaks the runtime, the batch jobs and S3. It takes any credentials, but the SDK
 * wants some; those of a profile would come first.
 * @param {string} bedrockUrl
 */
function localBedrockEnv(bedrockUrl) {
  return {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrockUrl,
    AWS_ENDPOINT_URL_BEDROCK: bedrockUrl,
    AWS_ENDPOINT_URL_S3: `${bedrockUrl}/_s3`,
    AWS_BEARER_TOKEN_BEDROCK: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: 'local',
  }
}

/**
 * The database of this run: the one given, or the built-in one, which is then kept running.
 * @param {Settings} settings
 * @param {string} logs
 */
export async function openDatabase(settings, logs) {
  if (settings.databaseUrl !== null) {
    await checkDatabase(settings.databaseUrl)
    return { url: settings.databaseUrl, service: null, isTakenOver: false }
  }
  const options = {
    dataDir: join(settings.dataDir, 'postgres'),
    logFile: logFile(logs, 'postgres'),
  }
  const first = await startDatabase(options)
  let next = /** @type {typeof first | null} */ (first)
  const service = await supervise('The database', options.logFile, async () => {
    const database = next ?? (await startDatabase(options))
    next = null
    return database
  })
  service.keepAlive()
  const force = () => {
    if (isRunning(first.pid, first.start)) sendSignal(first.pid, 'SIGQUIT')
  }
  return { url: first.url, service: { ...service, force }, isTakenOver: first.isTakenOver }
}

import { delimiter, dirname } from 'node:path'

const KEPT = new Set(['CLOSECALL_REAL_DATA'])

/**
 * Tests see nothing of a configuration for real work: they would write into that database and
 * call that account.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function testEnv(env, node) {
  const isReal = (/** @type {string} */ name) =>
    /^(CLOSECALL_|AWS_|NEXTAUTH_)|^(DATABASE_URL|PORT|HOST|NODE_ENV|NODE_OPTIONS)$/.test(name) &&
    !KEPT.has(name)
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !isReal(name)))
  return {
    ...rest,
    PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}`,
    CLOSECALL_DIST: '.next-test',
    NEXT_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
  }
}

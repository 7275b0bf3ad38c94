import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { lastLines } from './children.mjs'
import { typescriptArgs } from './products.mjs'
import { Trouble } from './report.mjs'
import { ROOT } from './settings.mjs'

/**
 * Where nobody can sign in yet: the line with the one-time link that makes the first admin. It goes
 * to the terminal and into no log, for whoever reads it may use it.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>}
 */
export async function offerFirstAdmin(node, env) {
  try {
    const args = typescriptArgs('scripts/first-admin.ts')
    const { stdout } = await promisify(execFile)(node, args, { cwd: ROOT, env })
    return stdout.trim() || null
  } catch (error) {
    const { stderr, message } = Object(error)
    throw new Trouble(
      `The link for the first admin could not be made.\n${lastLines(String(stderr || message))}`,
    )
  }
}

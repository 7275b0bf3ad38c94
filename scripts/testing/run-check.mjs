import { existsSync, readFileSync, statSync } from 'node:fs'
import { logFile, startChild } from '../launch/children.mjs'

/**
 * Runs a check to its end; unlike a step of the launcher, its failure is a result.
 * @param {import('../launch/children.mjs').Command} command
 * @param {import('../launch/children.mjs').Context} context
 * @returns {Promise<{ isPassed: boolean, output: string }>}
 */
export async function runCheck(command, context) {
  context.stopping.throwIfAborted()
  const file = logFile(context.logs, command.name)
  const from = existsSync(file) ? statSync(file).size : 0
  const child = await startChild(command, context)
  const stop = () => void child.stop()
  context.stopping.addEventListener('abort', stop)
  const failure = await child.ended
  context.stopping.removeEventListener('abort', stop)
  context.stopping.throwIfAborted()
  return { isPassed: failure === null, output: readFileSync(file).subarray(from).toString('utf8') }
}

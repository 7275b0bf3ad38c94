import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startOf } from '../../local/postgres/processes.mjs'
import { Trouble } from './report.mjs'
import { stopGroup } from './run-file.mjs'
import { ROOT } from './settings.mjs'

const LARGE_LOG = 10_000_000

/**
 * @typedef {object} Child
 * @property {number} pid
 * @property {Promise<string | null>} ended null: with success; else how, in words
 * @property {() => Promise<void>} stop
 *
 * @typedef {object} Command
 * @property {string} name also names its log
 * @property {string} program
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {number} [patience] milliseconds from asking to forcing it to end
 *
 * @typedef {object} Context what every child of this run shares
 * @property {import('./run-file.mjs').RunFile} run
 * @property {string} logs folder
 * @property {AbortSignal} stopping
 */

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches the launcher alone, which
 * stops everything in order. Its output goes to its log.
 * @param {Command} command
 * @param {Context} context
 * @returns {Promise<Child>}
 */
export async function startChild({ name, program, args, env, patience = 5_000 }, { run, logs }) {
  const output = openLog(logFile(logs, name))
  const child = spawn(program, args, {
    cwd: ROOT,
    env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      resolve(
        code === 0 ? null : signal ? `was ended by ${signal}` : `ended with exit code ${code}`,
      )
    })
  })
  const pid = child.pid ?? 0
  const start = startOf(pid)
  if (start !== null) run.add({ name, pid, start })
  return {
    pid,
    ended: ended.finally(() => run.remove(pid)),
    stop: async () => {
      if (start !== null) await stopGroup(pid, start, patience)
      await ended
    },
  }
}

/**
 * Runs a process to its end.
 * @param {Command} command
 * @param {Context} context
 * @param {(log: string) => string} [explain] the trouble in words, from what it has written
 */
export async function runToEnd(command, context, explain = () => `${command.name} failed.`) {
  context.stopping.throwIfAborted()
  const file = logFile(context.logs, command.name)
  const from = existsSync(file) ? statSync(file).size : 0
  const child = await startChild(command, context)
  const stop = () => void child.stop()
  context.stopping.addEventListener('abort', stop)
  const failure = await child.ended
  context.stopping.removeEventListener('abort', stop)
  context.stopping.throwIfAborted()
  if (failure === null) return
  const written = readFileSync(file).subarray(from).toString('utf8')
  throw new Trouble(`${explain(written)}\n${lastLines(written)}\n  Log: ${file}`)
}

/** @param {string} logs @param {string} name */
export function logFile(logs, name) {
  return join(logs, `${name}.log`)
}

/** The end of a log, indented, for the terminal. @param {string} text */
export function lastLines(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines
    .slice(-8)
    .map((line) => `  | ${line.slice(0, 200)}`)
    .join('\n')
}

/** @param {string} file */
function openLog(file) {
  if (existsSync(file) && statSync(file).size > LARGE_LOG) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

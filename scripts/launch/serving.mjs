import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lastLines, logFile, startChild } from './children.mjs'
import { nodeArgs, typescriptArgs } from './products.mjs'
import { Trouble } from './report.mjs'
import { supervise } from './supervise.mjs'

/**
 * @typedef {object} Service
 * @property {string} name as the terminal calls it
 * @property {import('./children.mjs').Command} command
 */

/**
 * @param {Service} service
 * @param {import('./children.mjs').Context} context
 */
export async function startService({ name, command }, context) {
  const log = logFile(context.logs, command.name)
  const from = existsSync(log) ? statSync(log).size : 0
  const supervised = await supervise(name, log, () => startChild(command, context))
  const failed = supervised.failed.catch((error) => {
    const written = readFileSync(log).subarray(from).toString('utf8')
    throw new Trouble(`${error.message}\n${lastLines(written)}\n  Log: ${log}`)
  })
  failed.catch(() => {})
  return { ...supervised, failed, log, from }
}

/** @param {string} node @param {NodeJS.ProcessEnv} env @param {string} port @returns {Service} */
export function bedrockService(node, env, port) {
  const args = typescriptArgs('local/bedrock/main.ts')
  return {
    name: 'The local Bedrock',
    command: {
      name: 'bedrock',
      program: node,
      args,
      env: { ...env, PORT: port, LOCAL_BEDROCK_DATA: join(String(env.CLOSECALL_DATA), 'bedrock') },
    },
  }
}

/** @param {string} node @param {NodeJS.ProcessEnv} env @param {{ host: string, port: number }} address @returns {Service} */
export function webService(node, env, { host, port }) {
  const args = ['start', '-H', host, '-p', String(port)]
  const script = 'node_modules/next/dist/bin/next'
  return {
    name: 'The web server',
    command: { name: 'web', program: node, args: nodeArgs(script, args), env },
  }
}

/** @param {string} node @param {NodeJS.ProcessEnv} env @returns {Service} */
export function workerService(node, env) {
  const args = typescriptArgs('scripts/worker.ts')
  return {
    name: 'The worker',
    command: { name: 'worker', program: node, args, env, patience: 10_000 },
  }
}

/**
 * The address that a service prints when it listens.
 * @param {{ log: string, from: number, failed: Promise<never> }} service
 * @param {RegExp} pattern its first group is the address
 */
export async function readAddress({ log, from, failed }, pattern) {
  return Promise.race([
    failed,
    poll(20_000, async () => pattern.exec(readFileSync(log).subarray(from).toString('utf8'))?.[1]),
  ])
}

/** @param {string} url @param {AbortSignal} stopping */
export async function waitUntilHealthy(url, stopping) {
  let last = 'no answer yet'
  const isHealthy = await poll(90_000, async () => {
    stopping.throwIfAborted()
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) })
      last = `${response.status} ${(await response.text()).slice(0, 200)}`
      return response.ok
    } catch (error) {
      last = Object(error).cause?.code ?? Object(error).message
      return false
    }
  })
  if (!isHealthy) throw new Trouble(`The product does not answer at ${url}/api/health: ${last}`)
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {() => Promise<T | undefined | false>} ask
 */
async function poll(milliseconds, ask) {
  const until = Date.now() + milliseconds
  while (Date.now() < until) {
    const answer = await ask()
    if (answer) return answer
    await sleep(50)
  }
  return undefined
}

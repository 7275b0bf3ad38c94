import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './report.mjs'

/**
 * @typedef {object} Supervised
 * @property {() => Promise<void>} stop
 * @property {Promise<never>} failed rejects when it ends before it was told that all is ready
 * @property {() => void} keepAlive from now on it is started again when it ends
 */

/**
 * Keeps one process running.
 * @param {string} name
 * @param {string} log where its last words stand
 * @param {() => Promise<import('./children.mjs').Child>} launch
 * @returns {Promise<Supervised>}
 */
export async function supervise(name, log, launch) {
  const stopping = new AbortController()
  let isKept = false
  /** @type {(error: Error) => void} */
  let fail = () => {}
  const failed = new Promise((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})

  let child = await launch()
  const watching = watch()

  async function watch() {
    for (let failures = 0; ; ) {
      const began = Date.now()
      const how = (await child.ended) ?? 'ended'
      if (stopping.signal.aborted) return
      if (!isKept) return fail(new Error(`${name} ${how}.`))
      failures = Date.now() - began > 60_000 ? 0 : failures + 1
      say(`${name} ${how}: starting it again. Log: ${log}`)
      if (!(await relaunch(failures))) return
    }
  }

  /** @param {number} failures */
  async function relaunch(failures) {
    for (let tries = failures; ; tries++) {
      try {
        await sleep(Math.min(250 * 2 ** tries, 30_000), undefined, { signal: stopping.signal })
        child = await launch()
        if (!stopping.signal.aborted) return true
        await child.stop()
        return false
      } catch (error) {
        if (stopping.signal.aborted) return false
        say(`${name} could not be started: ${Object(error).message}`)
      }
    }
  }

  return {
    failed: /** @type {Promise<never>} */ (failed),
    keepAlive: () => {
      isKept = true
    },
    stop: async () => {
      stopping.abort()
      await child.stop()
      await watching
    },
  }
}

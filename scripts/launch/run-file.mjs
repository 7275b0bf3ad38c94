import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, sendSignal, startOf, waitForEnd } from '../../local/postgres/processes.mjs'
import { takeLock } from './file-lock.mjs'
import { Trouble } from './report.mjs'

/**
 * `run.json` in the data folder: who serves from it, how far it is and what it has started.
 * It is the lock of the folder, and tells the next start what a killed launcher left running.
 * @typedef {{ name: string, pid: number, start: string }} Started
 * @typedef {{ step: string, url: string | null, children: Started[] }} Facts
 */

export class RunFile {
  #file
  #facts = /** @type {Facts} */ ({ step: 'starting', url: null, children: [] })

  /** @param {string} file */
  constructor(file) {
    this.#file = file
  }

  /** @param {string} dataDir @returns {Promise<RunFile>} */
  static async take(dataDir) {
    const run = new RunFile(join(dataDir, 'run.json'))
    // One that is just stopping, or whose terminal was killed a moment ago, is worth a wait.
    const began = Date.now()
    for (;;) {
      const { holder, former } = takeLock(run.#file, run.#facts)
      if (holder === null) {
        await run.#stopOrphans(former?.children ?? [])
        return run
      }
      if (Date.now() - began > (holder.step === 'stopping' ? 30_000 : 2_000))
        throw alreadyRunning(holder)
      await sleep(100)
    }
  }

  /** @param {Partial<Facts>} change */
  update(change) {
    Object.assign(this.#facts, change)
    const mine = { ...this.#facts, pid: process.pid, start: startOf(process.pid) }
    writeFileSync(`${this.#file}.new`, JSON.stringify(mine), { mode: 0o600 })
    renameSync(`${this.#file}.new`, this.#file)
  }

  /** @param {Started} child */
  add(child) {
    this.update({ children: [...this.#facts.children, child] })
  }

  /** @param {number} pid */
  remove(pid) {
    this.update({ children: this.#facts.children.filter((child) => child.pid !== pid) })
  }

  /** @returns {readonly Started[]} */
  get children() {
    return this.#facts.children
  }

  release() {
    rmSync(this.#file, { force: true })
  }

  /** @param {Started[]} orphans */
  async #stopOrphans(orphans) {
    // Kept in the file until they are gone: this start may be killed as well.
    this.update({ children: orphans })
    await Promise.all(orphans.map(({ pid, start }) => stopGroup(pid, start, 3_000)))
    this.update({ children: [] })
  }
}

/**
 * Ends a process and what it has started: asked first, then forced.
 * @param {number} pid of a group's leader
 * @param {string} start
 * @param {number} patience milliseconds until force
 */
export async function stopGroup(pid, start, patience) {
  if (!isRunning(pid, start)) return
  const group = process.platform === 'win32' ? pid : -pid
  sendSignal(group, 'SIGTERM')
  if (await waitForEnd(pid, start, patience)) return
  sendSignal(group, 'SIGKILL')
  await waitForEnd(pid, start, 5_000)
}

/** @param {{ pid: number } & Facts} holder */
function alreadyRunning({ pid, url, step }) {
  const where = url === null ? `, and has got as far as "${step}"` : ` at ${url}`
  return new Trouble(`Closecall is already running in this folder (process ${pid})${where}.`)
}

import { readFileSync } from 'node:fs'
import { startOf } from '../../local/postgres/processes.mjs'

/**
 * @param {() => void} stop in order; called once
 * @param {() => void} force at once, when the user asks a second time
 */
export function onStopSignal(stop, force) {
  let askedAt = 0
  const ask = () => {
    const now = Date.now()
    if (askedAt === 0) {
      askedAt = now
      stop()
      // npm passes on the Ctrl-C that the terminal has sent to everyone already: one wish, twice.
    } else if (now - askedAt > 1_000) force()
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, ask)
  watchNpm(() => askedAt === 0 && ask())
}

/**
 * A killed npm can pass nothing on, and leaves the launcher running where nobody sees it.
 * @param {() => void} onEnd
 */
function watchNpm(onEnd) {
  if (!process.env.npm_lifecycle_event) return
  const line = [process.ppid]
  // Between npm and its script there may be a shell.
  const parent = statOf(process.ppid)
  if (parent !== null && /^\(?(sh|dash|bash|ash|zsh)\)?$/.test(parent.name)) line.push(parent.ppid)
  const starts = line.map(startOf)
  const watch = setInterval(() => {
    if (process.ppid === line[0] && line.every((pid, at) => startOf(pid) === starts[at])) return
    clearInterval(watch)
    onEnd()
  }, 500)
  watch.unref()
}

/** @param {number} pid */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    return { name, ppid: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }
  } catch {
    // No /proc on this system: the parent alone is watched.
    return null
  }
}

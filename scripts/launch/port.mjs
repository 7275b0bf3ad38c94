import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { findFreePort } from '../../local/postgres/ports.mjs'
import { Trouble } from './report.mjs'

/**
 * @param {number} port 0: any free one
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function choosePort(port, host) {
  const found = await findFreePort(port, host).catch((error) => {
    throw new Trouble(`Nothing can listen on ${host}:${port}: ${error.code ?? error.message}.`)
  })
  if (found !== null) return found
  const holder = findHolder(port)
  const by = holder === null ? 'by another process' : `by process ${holder.pid} (${holder.command})`
  throw new Trouble(
    `Port ${port} is taken ${by}.\n  Stop that process, or choose another port: PORT=${port + 1} npm start`,
  )
}

/** Who listens on the port, as far as /proc tells. @param {number} port */
function findHolder(port) {
  if (process.platform !== 'linux') return null
  const sockets = listeningSockets(port)
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (holdsOneOf(pid, sockets)) return { pid: Number(pid), command: commandOf(pid) }
  }
  return null
}

/** @param {number} port */
function listeningSockets(port) {
  const LISTEN = '0A'
  const sockets = new Set()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of orElse(() => readFileSync(table, 'utf8'), '')
      .split('\n')
      .slice(1)) {
      const fields = line.trim().split(/\s+/)
      const local = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16)
      if (local === port && fields[3] === LISTEN) sockets.add(`socket:[${fields[9]}]`)
    }
  }
  return sockets
}

/** @param {string} pid @param {Set<string>} sockets */
function holdsOneOf(pid, sockets) {
  // Another user's processes cannot be looked into.
  const files = orElse(() => readdirSync(`/proc/${pid}/fd`), [])
  return files.some((file) =>
    sockets.has(orElse(() => readlinkSync(`/proc/${pid}/fd/${file}`), '')),
  )
}

/** @param {string} pid */
function commandOf(pid) {
  const line = orElse(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '')
  return line.replaceAll('\0', ' ').trim().slice(0, 120) || 'unknown'
}

/**
 * @template T
 * @param {() => T} read what may vanish, or be forbidden, at any moment
 * @param {T} otherwise
 */
function orElse(read, otherwise) {
  try {
    return read()
  } catch {
    return otherwise
  }
}

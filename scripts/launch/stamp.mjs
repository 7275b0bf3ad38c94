import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './settings.mjs'

/**
 * A stamp names what a product was made from. It lies inside the product and is written last, so
 * a product that was cut short has none and is made again.
 * @param {string[]} paths files and folders of the project; missing ones count as missing
 * @param {string[]} more anything else the product depends on
 */
export function hashOf(paths, more = []) {
  const hash = createHash('sha256')
  for (const fact of more) hash.update(`${fact}\0`)
  for (const path of paths) hashPath(hash, path)
  return hash.digest('hex')
}

/** @param {string} file @param {string} hash */
export function isStamped(file, hash) {
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

/** @param {string} file @param {string} hash */
export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, hash)
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function hashPath(hash, path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) hashPath(hash, join(path, name))
  } else if (!/\.test\.\w+$/.test(path)) {
    hash.update(`${path}\0${statSync(full).size}\0`).update(readFileSync(full))
  }
}

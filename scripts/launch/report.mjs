/** Something the user can act on: shown as its message alone, without a stack. */
export class Trouble extends Error {}

/**
 * Runs one step and prints one line when it is done.
 * @template T
 * @param {string} doing what a terminal shows meanwhile: "Building"
 * @param {string | ((result: T) => string | null)} done the line afterwards; null prints none
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(doing, done, work) {
  const began = performance.now()
  if (process.stdout.isTTY) process.stdout.write(`… ${doing}`)
  try {
    const result = await work()
    const line = typeof done === 'string' ? done : done(result)
    say(line === null ? '' : `✓ ${line} (${seconds(began)})`)
    return result
  } catch (error) {
    say('')
    throw error
  }
}

/** @param {string} line '' only clears what a running step has written */
export function say(line) {
  const clear = process.stdout.isTTY ? '\r\x1b[K' : ''
  process.stdout.write(line === '' ? clear : `${clear}${line}\n`)
}

/** @param {unknown} error */
export function sayError(error) {
  const isKnown = error instanceof Trouble
  const text = isKnown ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`✗ ${text}\n`)
}

/** @param {number} began by performance.now() */
export function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}

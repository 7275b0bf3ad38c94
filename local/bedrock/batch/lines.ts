import { setImmediate as yieldToOthers } from 'node:timers/promises'

const SLICE_MS = 4

/**
 * The lines of a file that are not blank. Lines end with LF alone: JSON may hold other characters that
 * count as line ends elsewhere.
 */
export async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer[] = []
  for await (const piece of source) {
    let from = 0
    for (;;) {
      const end = piece.indexOf(10, from)
      if (end < 0) break
      const line = join([...pending, piece.subarray(from, end)])
      if (line !== '') yield line
      pending = []
      from = end + 1
    }
    if (from < piece.length) pending.push(piece.subarray(from))
  }
  const last = join(pending)
  if (last !== '') yield last
}

function join(pieces: readonly Buffer[]): string {
  const [first] = pieces
  const whole = pieces.length === 1 && first ? first : Buffer.concat(pieces)
  return whole.toString('utf8').trim()
}

/** Lets calls be answered in between: to be awaited after each piece of work, it mostly does nothing. */
export function makePauses(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < SLICE_MS) return undefined
    return yieldToOthers().then(() => {
      began = performance.now()
    })
  }
}

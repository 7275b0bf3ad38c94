import { S3Error } from './errors'

const LONGEST_LINE = 16_384
type Step = 'size' | 'data' | 'gap' | 'trailer'

/**
 * Takes the framing of `aws-chunked` off a body, as the SDK sends streams: `size[;signature] CRLF data
 * CRLF …`, a chunk of size 0, and trailing headers, which are put into `trailers` (names in lower case).
 * Signatures are not checked.
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0)
  let step = 'size' as Step
  let left = 0
  for await (const part of source) {
    pending = pending.length === 0 ? part : Buffer.concat([pending, part])
    for (;;) {
      if (step === 'data') {
        if (pending.length === 0) break
        const piece = pending.subarray(0, left)
        yield piece
        left -= piece.length
        pending = pending.subarray(piece.length)
        if (left === 0) step = 'gap'
        continue
      }
      const end = pending.indexOf('\r\n')
      if (end < 0) {
        if (pending.length > LONGEST_LINE) throw broken()
        break
      }
      const line = pending.subarray(0, end).toString('latin1')
      pending = pending.subarray(end + 2)
      if (step === 'trailer') keepTrailer(line, trailers)
      else if (step === 'gap') {
        if (line !== '') throw broken()
        step = 'size'
      } else {
        left = readSize(line)
        step = left === 0 ? 'trailer' : 'data'
      }
    }
  }
  if (step !== 'trailer') throw broken()
  keepTrailer(pending.toString('latin1'), trailers)
}

function readSize(line: string): number {
  const [, digits] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line) ?? []
  if (digits === undefined) throw broken()
  return Number.parseInt(digits, 16)
}

function keepTrailer(line: string, trailers: Map<string, string>): void {
  const colon = line.indexOf(':')
  if (colon > 0)
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
}

function broken(): S3Error {
  return new S3Error('IncompleteBody', 'The request body terminated unexpectedly.')
}

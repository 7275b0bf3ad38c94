const LINE_END = 10

/**
 * The lines of a text that comes in pieces, without those that are blank. They end with LF alone: JSON
 * may hold other characters that count as line ends elsewhere.
 */
export async function* readLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = []
  for await (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, from)) {
      const line = join(begun, piece.subarray(from, end))
      begun = []
      from = end + 1
      if (line !== '') yield line
    }
    if (from < piece.length) begun.push(piece.subarray(from))
  }
  const last = join(begun, new Uint8Array())
  if (last !== '') yield last
}

function join(begun: readonly Uint8Array[], end: Uint8Array): string {
  const whole =
    begun.length === 0
      ? Buffer.from(end.buffer, end.byteOffset, end.length)
      : Buffer.concat([...begun, end])
  return whole.toString('utf8').trim()
}

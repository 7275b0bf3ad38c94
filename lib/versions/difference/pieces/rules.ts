const SHORTEST = 30
const LONGEST = 120
/** About one line in so many ends a piece. */
const ONE_IN = 16

export type Piece<Line> = { key: string; lines: Line[] }

/**
 * Long lists of lines in pieces that are drawn apart. Where a piece ends depends on its own lines only,
 * so that lines added or removed far above leave it as it is, under the same key.
 */
export function cutIntoPieces<Line>(
  lines: readonly Line[],
  textOf: (line: Line) => string,
): Piece<Line>[] {
  const pieces: Piece<Line>[] = []
  const seen = new Map<number, number>()
  let current: Line[] = []
  let hash = 0
  const end = () => {
    const times = seen.get(hash) ?? 0
    seen.set(hash, times + 1)
    pieces.push({ key: `${hash}.${times}`, lines: current })
    current = []
    hash = 0
  }
  for (const line of lines) {
    const own = hashText(textOf(line))
    current.push(line)
    hash = (Math.imul(hash, 31) + own) | 0
    const isEnd = current.length >= SHORTEST && Math.abs(own) % ONE_IN === 0
    if (isEnd || current.length >= LONGEST) end()
  }
  if (current.length > 0) end()
  return pieces
}

function hashText(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash
}

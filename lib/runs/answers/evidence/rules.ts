export type EvidencePlace = {
  messageIndex: number
  /** Offsets into the message's text in UTF-16 units; `end` is exclusive. */
  start: number
  end: number
}

/**
 * Where a quotation really stands: letter for letter in any message, else with white space, quotes,
 * dashes and case forgiven; null when it stands nowhere. The offsets are those of the original text.
 */
export function findEvidence(
  evidence: string,
  messages: readonly { text: string }[],
): EvidencePlace | null {
  const exact = evidence.trim()
  if (exact === '') return null
  for (const [messageIndex, { text }] of messages.entries()) {
    const start = text.indexOf(exact)
    if (start >= 0) return { messageIndex, start, end: start + exact.length }
  }
  const wanted = normalise(stripEllipses(exact)).text.trim()
  if (wanted === '') return null
  for (const [messageIndex, { text }] of messages.entries()) {
    const { text: normal, starts, ends } = normalise(text)
    const at = normal.indexOf(wanted)
    const start = starts[at]
    const end = ends[at + wanted.length - 1]
    if (at >= 0 && start !== undefined && end !== undefined) return { messageIndex, start, end }
  }
  return null
}

/** Models end a shortened quotation with dots that the case does not have. */
function stripEllipses(text: string): string {
  return text
    .replace(/^[\s"'“”‘’]*(?:…|\.\.\.)[.…\s]*/, '')
    .replace(/(?:…|\.\.\.)[.…\s"'“”‘’]*$/, '')
}

/** A text with spelling evened out, and for each of its units where in the original it stands. */
function normalise(text: string): { text: string; starts: number[]; ends: number[] } {
  let normal = ''
  const starts: number[] = []
  const ends: number[] = []
  let offset = 0
  for (const character of text) {
    const end = offset + character.length
    const even = evenOut(character)
    if (even === ' ' && normal.endsWith(' ')) ends[ends.length - 1] = end
    else
      for (const unit of even) {
        normal += unit
        for (let i = 0; i < unit.length; i++) {
          starts.push(offset)
          ends.push(end)
        }
      }
    offset = end
  }
  return { text: normal, starts, ends }
}

function evenOut(character: string): string {
  if (/\s/.test(character)) return ' '
  if (/\p{Cf}/u.test(character)) return ''
  if (/[‘’‚‛`´′]/.test(character)) return "'"
  if (/[“”„‟«»″]/.test(character)) return '"'
  if (/[\p{Pd}−]/u.test(character)) return '-'
  if (character === '…') return '...'
  return character.toLowerCase()
}

/**
 * Text from outside (cases, and what people write into a version) as it may stand between tags: no
 * text can then close or open a tag of ours. `>` stays as it is, so that code remains readable.
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** The same between double quotes. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;')
}

export function element(name: string, text: string): string {
  return `<${name}>${escapeText(text)}</${name}>`
}

/** An element on lines of its own; `inner` is markup already. */
export function block(name: string, inner: string): string {
  return `<${name}>\n${inner}\n</${name}>`
}

type Escape = (text: string) => string

/** The longest start of `text` whose escaped form takes at most `room` characters. */
export function takeStart(text: string, room: number, escaped: Escape): string {
  let taken = 0
  let used = 0
  for (const character of text) {
    used += escaped(character).length
    if (used > room) break
    taken += character.length
  }
  return text.slice(0, taken)
}

/** The longest end of `text` whose escaped form takes at most `room` characters. */
export function takeEnd(text: string, room: number, escaped: Escape): string {
  let from = text.length
  let used = 0
  while (from > 0) {
    const character = characterBefore(text, from)
    used += escaped(character).length
    if (used > room) break
    from -= character.length
  }
  return text.slice(from)
}

/** Both halves of a surrogate pair count as one character: a cut never parts them. */
function characterBefore(text: string, index: number): string {
  const pair = text.slice(Math.max(0, index - 2), index)
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : text.slice(index - 1, index)
}

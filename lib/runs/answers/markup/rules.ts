import { Parser } from 'htmlparser2'

/** An element of an answer; its text is unescaped once. */
export type MarkupElement = {
  name: string
  attributes: Record<string, string>
  /** Its start tag as written. */
  start: string
  /** Its own end tag is there. */
  closed: boolean
  children: (MarkupElement | string)[]
}

/** A model that repeats a start tag for ever must not exhaust the stack: below, all are siblings. */
const DEEPEST = 50

/** Where the answer stopped inside a tag. */
const TORN_TAG = /<\/?\s*[a-z]*$/i

/** Whole ones only: an open quote would swallow all that follows. */
const ATTRIBUTES = /^(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=/]+))?)*\s*\/?$/

/**
 * The elements called `names` in a text that may be anything; all else that looks like markup (code,
 * HTML from the case, comparisons) is text. `odd` says that a tag was not spelled as it should be.
 */
export function readElements(
  raw: string,
  names: readonly string[],
): { root: MarkupElement; odd: boolean } {
  const { source, odd } = prepare(raw, names)
  const root: MarkupElement = { name: '', attributes: {}, start: '', closed: true, children: [] }
  const open = [root]
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const start = source.slice(parser.startIndex, parser.endIndex + 1)
        const element = { name, attributes, start, closed: false, children: [] }
        open[Math.min(open.length - 1, DEEPEST)]?.children.push(element)
        open.push(element)
      },
      ontext(data) {
        open.at(-1)?.children.push(data)
      },
      onclosetag(_name, isImplied) {
        const element = open.pop()
        if (element) element.closed = !isImplied
      },
    },
    { recognizeSelfClosing: true },
  )
  parser.end(source)
  return { root, odd }
}

function prepare(raw: string, names: readonly string[]): { source: string; odd: boolean } {
  const tags = new RegExp(`<\\s*(/?)\\s*(${names.join('|')})(?=[\\s/>])([^<>]*)>`, 'gi')
  let odd = false
  const unwrapped = raw.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => {
    odd = true
    return inner.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  })
  const untorn = unwrapped.replace(TORN_TAG, '')
  if (untorn !== unwrapped) odd = true

  let source = ''
  let from = 0
  for (const match of untorn.matchAll(tags)) {
    const [written, slash = '', name = '', rest = ''] = match
    const tag = `<${slash}${name.toLowerCase()}${ATTRIBUTES.test(rest) ? rest : ''}>`
    if (tag !== written) odd = true
    source += neutralise(untorn.slice(from, match.index)) + tag
    from = match.index + written.length
  }
  return { source: source + neutralise(untorn.slice(from)), odd }
}

/** Entities are kept only where they are whole: "AT&T" and "?a=1&copy=2" are plain text. */
function neutralise(text: string): string {
  return text.replace(/&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)/gi, '&amp;').replaceAll('<', '&lt;')
}

/** All text below an element, with the tags inside it as they were written. */
export function textOf(element: MarkupElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child
      return child.start + textOf(child) + (child.closed ? `</${child.name}>` : '')
    })
    .join('')
}

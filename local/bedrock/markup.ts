import { Parser } from 'htmlparser2'

/** One element of a prompt's markup. Text is already unescaped, once. */
export type MarkupElement = {
  name: string
  attributes: Record<string, string>
  children: (MarkupElement | string)[]
}

/**
 * Reads XML-like text the way a model does: unknown tags are kept, tags left open end with their
 * parent, end tags without a start are dropped. Never throws.
 */
export function readMarkup(text: string): MarkupElement {
  const root: MarkupElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name: name.toLowerCase(), attributes, children: [] }
        open.at(-1)?.children.push(element)
        open.push(element)
      },
      ontext(data) {
        const siblings = open.at(-1)?.children
        const before = siblings?.at(-1)
        if (siblings && typeof before === 'string') siblings[siblings.length - 1] = before + data
        else siblings?.push(data)
      },
      onclosetag() {
        open.pop()
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeCDATA: false },
  )
  parser.end(text)
  return root
}

export function isElement(child: MarkupElement | string): child is MarkupElement {
  return typeof child !== 'string'
}

/** All text below an element, with a line break between neighbouring elements. */
export function textOf(element: MarkupElement): string {
  return element.children
    .map((child) => (isElement(child) ? `\n${textOf(child)}\n` : child))
    .join('')
    .trim()
}

export function findChild(element: MarkupElement, ...names: string[]): MarkupElement | null {
  return element.children.filter(isElement).find((child) => names.includes(child.name)) ?? null
}

/** Elements called `name` in document order; does not look inside a match, nor inside `except`. */
export function listElements(
  element: MarkupElement,
  name: string,
  except: readonly string[] = [],
): MarkupElement[] {
  return element.children
    .filter(isElement)
    .filter((child) => !except.includes(child.name))
    .flatMap((child) => (child.name === name ? [child] : listElements(child, name, except)))
}

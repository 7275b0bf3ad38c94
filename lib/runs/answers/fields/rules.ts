import { type MarkupElement, readElements, textOf } from '@/lib/runs/answers/markup/rules'
import type { Reading, SaidLabel } from '@/lib/runs/answers/schema'

type FieldName = 'classification' | 'explanation' | 'evidence'

/** The elements of an answer, with the names that models use for them instead. */
const FIELDS = new Map<string, FieldName>([
  ['classification', 'classification'],
  ['category', 'classification'],
  ['label', 'classification'],
  ['explanation', 'explanation'],
  ['reasoning', 'explanation'],
  ['reason', 'explanation'],
  ['evidence', 'evidence'],
  ['quotation', 'evidence'],
  ['quote', 'evidence'],
])
const ELEMENTS = ['response', ...FIELDS.keys()]
const FIRST_TAG = new RegExp(`<\\s*(?:${ELEMENTS.join('|')})\\b`, 'i')

type Field = {
  name: FieldName
  element: MarkupElement
  text: string
  inResponse: boolean
  /** Stands behind a field without an end tag, hence perhaps inside what that one quotes. */
  behindOpen: boolean
}

type Found = { fields: Field[]; responses: MarkupElement[]; outside: string }

/**
 * The fields of an answer in XML, however badly kept; null when it has none. A field with both its
 * tags holds all that stands between them, so that a "<classification>" quoted from a case is never
 * taken for the answer; a field without an end tag ends at the next tag. What stands outside a
 * response counts only where nothing stands inside one.
 */
export function readMarkup(raw: string): (Reading & { outside: string }) | null {
  const { root, odd } = readElements(raw, ELEMENTS)
  const found: Found = { fields: [], responses: [], outside: '' }
  collect(root.children, { inResponse: false, behindOpen: false }, found)
  const { fields, responses, outside } = found
  if (fields.length === 0) return null
  return {
    labels: pick(fields, 'classification').map(readLabel),
    explanation: firstText(pick(fields, 'explanation')),
    evidence: firstText(pick(fields, 'evidence')),
    form: 'xml',
    clean: !odd && outside.trim() === '' && isAsAsked(responses, fields),
    outside,
    at: raw.search(FIRST_TAG),
  }
}

type Place = Pick<Field, 'inResponse' | 'behindOpen'>

function collect(children: MarkupElement['children'], place: Place, found: Found): void {
  for (const child of children) {
    if (typeof child === 'string') {
      found.outside += child
      continue
    }
    const name = FIELDS.get(child.name)
    if (name === undefined) {
      found.responses.push(child)
      collect(child.children, { ...place, inResponse: true }, found)
      continue
    }
    if (name !== child.name && !child.closed) {
      // A name of someone else's, without an end: "the <label> is missing", not a field.
      found.outside += child.start
      collect(child.children, place, found)
      continue
    }
    const end = child.closed ? -1 : child.children.findIndex((inner) => typeof inner !== 'string')
    const own = end < 0 ? child.children : child.children.slice(0, end)
    found.fields.push({
      name,
      element: child,
      text: textOf({ ...child, children: own }),
      ...place,
    })
    if (end >= 0) collect(child.children.slice(end), { ...place, behindOpen: true }, found)
  }
}

function isAsAsked(responses: readonly MarkupElement[], fields: readonly Field[]): boolean {
  const once = new Set(fields.map(({ name }) => name)).size === fields.length
  return (
    once &&
    responses.length === 1 &&
    responses.every(({ closed }) => closed) &&
    fields.every(
      ({ name, element, inResponse }) =>
        inResponse &&
        element.closed &&
        element.name === name &&
        Object.keys(element.attributes).length === 0 &&
        element.children.every((child) => typeof child === 'string'),
    )
  )
}

/** The fields of one kind: those inside a response before those outside, own names before others. */
function pick(fields: readonly Field[], name: FieldName): Field[] {
  const all = fields.filter((field) => field.name === name)
  const inside = preferred(all, ({ inResponse }) => inResponse)
  return preferred(inside, ({ element }) => element.name === name)
}

function preferred(fields: Field[], holds: (field: Field) => boolean): Field[] {
  const some = fields.filter(holds)
  return some.length > 0 ? some : fields
}

/** An unclosed label ends with its line; an empty one may carry its value as its only attribute. */
function readLabel({ text, element, behindOpen }: Field): SaidLabel {
  const { closed, attributes } = element
  const [attribute, ...others] = Object.values(attributes)
  const said = text.trim()
  if (said === '' && attribute !== undefined && others.length === 0)
    return { text: attribute.trim(), whole: true }
  return { text: closed ? said : (said.split('\n')[0] ?? '').trim(), whole: closed && !behindOpen }
}

function firstText(fields: readonly Field[]): string {
  return fields.map(({ text }) => text.trim()).find((text) => text !== '') ?? ''
}

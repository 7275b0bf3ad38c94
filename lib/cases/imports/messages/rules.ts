import { BadValue, cleanText, readCell } from '@/lib/cases/imports/normalising/text/rules'
import type { MessageRole, MessagesMapping, RoleWords } from '@/lib/cases/imports/schema'
import { readTime } from '@/lib/cases/imports/times/rules'
import type { Message } from '@/lib/cases/schema'

type ListMapping = Extract<MessagesMapping, { kind: 'list' }>

/** A conversation longer than this is a file that went wrong. */
const MAX_MESSAGES = 5_000

/** The messages of a row, oldest first, those without text left out. Throws `BadValue`. */
export function readMessages(cell: unknown, mapping: MessagesMapping): Message[] {
  if (mapping.kind === 'text') {
    const text = cleanText(readCell(cell)).trim()
    return text ? [{ author: '', role: 'customer', time: null, text }] : []
  }
  const items = readList(cell)
  const tellRole = roleTeller(mapping.roles, haveOneName(items, mapping))
  const messages = items.map((item, index) => readMessage(item, index, mapping, tellRole))
  const times = messages.map(({ time }) => time)
  // Files that list the newest first are turned round; without all times the file's order stands.
  if (times.every((time) => time !== null)) {
    messages.sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : a.time === b.time ? 0 : 1))
  }
  return messages.filter(({ text }) => text !== '')
}

function readList(cell: unknown): unknown[] {
  let list = cell
  if (typeof cell === 'string' && cell.trim() !== '') {
    try {
      list = JSON.parse(cell)
    } catch {
      throw new BadValue('The messages are not a JSON list.')
    }
  }
  if (list === null || list === undefined || list === '') return []
  if (!Array.isArray(list)) throw new BadValue('The messages are not a list.')
  if (list.length > MAX_MESSAGES) {
    throw new BadValue(`The case has more than ${MAX_MESSAGES} messages.`)
  }
  return list
}

type RoleTeller = (role: string, author: string, index: number) => MessageRole

/** Anonymised threads call everybody the same: then only the role tells people apart. */
function haveOneName(items: readonly unknown[], { author, role }: ListMapping): boolean {
  if (!author || !role) return false
  const names = items.map((item) => readAuthor(Object(item)[author]))
  return names.every((name) => name === names[0])
}

/**
 * The roles rule: a listed word decides; any other message is the customer's if its author wrote
 * the first message, else the agent's. Without authors the first message is the customer's. In a
 * thread in which everybody has the same name, the author is whoever has the same role.
 */
function roleTeller(words: RoleWords, byRole: boolean): RoleTeller {
  const listed = new Map<string, MessageRole>()
  for (const role of ['customer', 'agent', 'system'] as const) {
    for (const word of words[role]) listed.set(word.trim().toLowerCase(), role)
  }
  let first = ''
  return (role, author, index) => {
    const person = byRole ? role : author
    if (index === 0) first = person
    const known = listed.get(role.trim().toLowerCase())
    if (known) return known
    return index === 0 || (person !== '' && person === first) ? 'customer' : 'agent'
  }
}

function readMessage(
  item: unknown,
  index: number,
  mapping: ListMapping,
  tellRole: RoleTeller,
): Message {
  if (typeof item === 'string') {
    return { author: '', role: tellRole('', '', index), time: null, text: cleanText(item).trim() }
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new BadValue(`Message ${index + 1} is not an object.`)
  }
  const values = item as Record<string, unknown>
  const read = (key: string | null) => (key ? values[key] : undefined)
  const author = cleanText(readAuthor(read(mapping.author))).trim()
  return {
    author,
    role: tellRole(readCell(read(mapping.role)), author, index),
    time: readMessageTime(read(mapping.time), index),
    text: cleanText(readCell(values[mapping.text])).trim(),
  }
}

/** A person may be an object, as in many exports: its name stands for it. */
function readAuthor(value: unknown): string {
  if (typeof value !== 'object' || value === null) return readCell(value)
  const person = value as Record<string, unknown>
  return readCell(person.name ?? person.login ?? person.email ?? person.id)
}

function readMessageTime(value: unknown, index: number): string | null {
  if (value === null || value === undefined || value === '') return null
  const time = readTime(value)
  if (time) return time
  const shown = readCell(value).slice(0, 60)
  throw new BadValue(`Message ${index + 1}: “${shown}” is not a time that can be read.`)
}

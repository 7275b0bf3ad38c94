import type { Message } from '@/lib/cases/schema'

const ROLES = {
  customer: /^(customer|client|requester)$/i,
  agent: /^(agent|support|assistant)$/i,
  system: /^(system|bot)$/i,
} as const

/** "Customer: …", "**Agent:** …", "Agent (Maria): …" at the start of a line. */
const OPENING = /^[ \t>*_#]*([a-z]+)(?:[ \t]*\(([^()\n]{1,80})\))?[*_]*[ \t]*:[*_]*[ \t]?/i

/**
 * The messages of a pasted conversation: each line that begins with who speaks opens one. Text before
 * the first such line is the customer's, as is a text without any. Empty ones are left out.
 */
export function readTurns(text: string): Message[] {
  const messages: Message[] = []
  const add = (role: Message['role'], author: string, line: string) =>
    messages.push({ role, author, time: null, text: line })
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const [opening, word = '', author = ''] = OPENING.exec(line) ?? []
    const role = roleOf(word)
    const last = messages.at(-1)
    if (opening !== undefined && role) add(role, author.trim(), line.slice(opening.length))
    else if (last) last.text += `\n${line}`
    else add('customer', '', line)
  }
  return messages
    .map((message) => ({ ...message, text: message.text.trim() }))
    .filter((message) => message.text !== '')
}

function roleOf(word: string): Message['role'] | null {
  for (const role of ['customer', 'agent', 'system'] as const) {
    if (ROLES[role].test(word)) return role
  }
  return null
}

/** "Read as 3 messages: customer, agent, customer."; null where nobody is named. */
export function describeTurns(messages: readonly Message[]): string | null {
  if (messages.length < 2) return null
  const roles = messages.slice(0, 6).map(({ role }) => role)
  const more = messages.length > roles.length ? ', …' : ''
  return `Read as ${messages.length} messages: ${roles.join(', ')}${more}.`
}

/** What to say beside a text that is being pasted. */
export const explainTurns = (text: string): string =>
  describeTurns(readTurns(text)) ??
  'Lines that begin with “Customer:” or “Agent:” are read as messages of theirs.'

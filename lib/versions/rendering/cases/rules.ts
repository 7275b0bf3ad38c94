import type { CaseContent, Message } from '@/lib/cases/schema'
import {
  block,
  element,
  escapeAttribute,
  escapeText,
  takeEnd,
  takeStart,
} from '@/lib/versions/rendering/markup/rules'

export type RenderedCase = { text: string; cut: boolean }

/** Smallest room, in characters, into which any case can be cut. */
export const SMALLEST_CASE = 1_000

/** Room kept for each mark of something left out; the longest has about 55 characters. */
const MARK = 64
/** Of a message that is itself too long, the start keeps this share of the room, the end the rest. */
const START_SHARE = 2 / 3
const LONGEST_SUBJECT_SHARE = 0.1
const LONGEST_ATTRIBUTE_WHEN_CUT = 20

/**
 * The case as the model reads it, in at most `budget` characters (at least `SMALLEST_CASE`). One
 * that is too long keeps the first customer request and the agent's last answer: the messages after
 * that answer and between the two are kept as far as they fit, and only when the two alone are too
 * long is something left out inside a message. Whatever is left out is marked where it stood.
 */
export function renderCase(content: CaseContent, budget: number): RenderedCase {
  if (budget < SMALLEST_CASE)
    throw new RangeError(`A case needs room for ${SMALLEST_CASE} characters, not ${budget}`)
  const subject = element('subject', content.subject)
  const messages = content.messages.map(renderMessage)
  const whole = wrap([subject, ...messages])
  if (whole.length <= budget) return { text: whole, cut: false }

  const kept = chooseMessages(content, messages, budget - wrap([subject]).length)
  const parts =
    kept === null ? cutMessages(content, budget) : [subject, ...list(content, messages, kept)]
  return { text: wrap(parts), cut: true }
}

function wrap(parts: readonly string[]): string {
  return block('case', parts.join('\n'))
}

function renderMessage(message: Message): string {
  return openMessage(message) + escapeText(message.text) + CLOSE_MESSAGE
}

const CLOSE_MESSAGE = '\n</message>'

function openMessage({ role, author, time }: Message, longest = Number.POSITIVE_INFINITY) {
  const attribute = (name: string, value: string | null) =>
    value === null || value === ''
      ? ''
      : ` ${name}="${escapeAttribute(takeStart(value, longest, escapeAttribute))}"`
  return `<message${attribute('role', role)}${attribute('author', author)}${attribute('time', time)}>\n`
}

/**
 * Indices of the first customer request and the agent's last answer, in order; one where they are
 * the same message, none in a case without messages. Where no role says who is who, the first and
 * the last message stand in.
 */
export function findEssentialMessages(messages: readonly Message[]): number[] {
  if (messages.length === 0) return []
  const request = Math.max(
    0,
    messages.findIndex(({ role }) => role === 'customer'),
  )
  const answered = messages.findLastIndex(({ role }) => role === 'agent')
  const answer = answered < 0 ? messages.length - 1 : answered
  return [...new Set([request, answer])].sort((a, b) => a - b)
}

/**
 * Indices of the messages that fit into `room`, null when not even the essential ones do. Each way
 * from an essential message ends at the first one that does not fit, so at most three gaps arise.
 */
function chooseMessages(
  { messages }: CaseContent,
  rendered: readonly string[],
  room: number,
): Set<number> | null {
  const essential = findEssentialMessages(messages)
  const first = essential[0] ?? 0
  const last = essential.at(-1) ?? 0
  const cost = (index: number) => (rendered[index]?.length ?? 0) + 1
  let left = room - 3 * MARK - essential.reduce((sum, index) => sum + cost(index), 0)
  if (left < 0) return null

  const kept = new Set(essential)
  const take = (index: number) => {
    if (kept.has(index)) return true
    if (cost(index) > left) return false
    left -= cost(index)
    kept.add(index)
    return true
  }
  for (let index = last + 1; index < messages.length; index++) if (!take(index)) break
  let from = first + 1
  let to = last - 1
  let forward = true
  let backward = true
  while (from <= to && (forward || backward)) {
    forward = forward && take(from)
    if (forward) from += 1
    backward = backward && from <= to && take(to)
    if (backward) to -= 1
  }
  for (let index = first - 1; index >= 0; index--) if (!take(index)) break
  return kept
}

function list(
  { messages }: CaseContent,
  rendered: readonly string[],
  kept: ReadonlySet<number>,
): string[] {
  const parts: string[] = []
  let omitted = { messages: 0, characters: 0 }
  const mark = () => {
    if (omitted.messages > 0)
      parts.push(`<omitted messages="${omitted.messages}" characters="${omitted.characters}"/>`)
    omitted = { messages: 0, characters: 0 }
  }
  messages.forEach((message, index) => {
    if (!kept.has(index)) {
      omitted.messages += 1
      omitted.characters += message.text.length
      return
    }
    mark()
    parts.push(rendered[index] ?? '')
  })
  mark()
  return parts
}

/** Subject and the essential messages alone, cut inside. */
function cutMessages(content: CaseContent, budget: number): string[] {
  const essential = findEssentialMessages(content.messages)
  const subject = cutText(content.subject, Math.floor(budget * LONGEST_SUBJECT_SHARE))
  const opened = essential.map((index) => {
    const message = content.messages[index]
    return message ? openMessage(message, LONGEST_ATTRIBUTE_WHEN_CUT) : ''
  })
  const fixed = wrap([
    `<subject>${subject}</subject>`,
    ...opened.map((open) => open + CLOSE_MESSAGE),
  ])
  let room = budget - fixed.length - 3 * MARK
  const lengths = essential.map((index) => escapeText(content.messages[index]?.text ?? '').length)
  const rendered = content.messages.map(() => '')
  essential.forEach((index, place) => {
    const others = lengths.slice(place + 1)
    const share = Math.floor(room / (others.length + 1))
    const unused = others.reduce((sum, length) => sum + Math.max(0, share - length), 0)
    const inner = cutText(content.messages[index]?.text ?? '', share + unused)
    room -= inner.length
    rendered[index] = `${opened[place]}${inner}${CLOSE_MESSAGE}`
  })
  return [`<subject>${subject}</subject>`, ...list(content, rendered, new Set(essential))]
}

/** Escaped text of at most `room` characters: start and end, with a mark where the middle stood. */
function cutText(text: string, room: number): string {
  const whole = escapeText(text)
  if (whole.length <= room) return whole
  const start = takeStart(text, Math.floor((room - MARK) * START_SHARE))
  const end = takeEnd(text.slice(start.length), room - MARK - escapeText(start).length)
  const omitted = text.length - start.length - end.length
  return `${escapeText(start)}<omitted characters="${omitted}"/>${escapeText(end)}`
}

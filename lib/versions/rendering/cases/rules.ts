import type { CaseContent, Message } from '@/lib/cases/schema'
import { takeEnd, takeStart } from '@/lib/versions/rendering/markup/rules'
import type { CaseForm } from '@/lib/versions/rendering/parts/rules'

export type RenderedCase = { text: string; cut: boolean }

/** Smallest room, in characters, into which any case can be cut. */
export const SMALLEST_CASE = 1_000

/** Room kept for each mark of something left out; the longest of any template has about 60 characters. */
const MARK = 64
/** Of a message that is itself too long, the start keeps this share of the room, the end the rest. */
const START_SHARE = 2 / 3
const LONGEST_SUBJECT_SHARE = 0.1
const LONGEST_ATTRIBUTE_WHEN_CUT = 20

/**
 * The case as the model reads it, in at most `budget` characters (at least `SMALLEST_CASE`). One
 * that is too long keeps the first customer request and the agent's last answer: the messages after
 * that answer and between the two are kept as far as they fit, and only when the two alone are too
 * long is something left out inside a message. Whatever is left out is marked where it stood. `id`
 * names the case inside a pack.
 */
export function renderCase(
  content: CaseContent,
  budget: number,
  form: CaseForm,
  id?: string,
): RenderedCase {
  if (budget < SMALLEST_CASE)
    throw new RangeError(`A case needs room for ${SMALLEST_CASE} characters, not ${budget}`)
  const subject = form.subject(form.writeText(content.subject))
  const messages = content.messages.map(
    (message) => openMessage(message, form) + form.writeText(message.text) + form.closeMessage,
  )
  const whole = form.wrap(subject, messages, id)
  if (whole.length <= budget) return { text: whole, cut: false }

  const room = budget - form.wrap(subject, [], id).length
  const kept = chooseMessages(content, messages, room, form)
  const text =
    kept === null
      ? cutMessages(content, budget, form, id)
      : form.wrap(subject, list(content, messages, kept, form), id)
  return { text, cut: true }
}

function openMessage(
  { role, author, time }: Message,
  form: CaseForm,
  longest = Number.POSITIVE_INFINITY,
): string {
  const attribute = (value: string | null) =>
    value === null || value === ''
      ? null
      : form.escapeAttribute(takeStart(value, longest, form.escapeAttribute))
  return form.openMessage({ role, author: attribute(author), time: attribute(time) })
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
  { separator }: CaseForm,
): Set<number> | null {
  const essential = findEssentialMessages(messages)
  const first = essential[0] ?? 0
  const last = essential.at(-1) ?? 0
  const cost = (index: number) => (rendered[index]?.length ?? 0) + separator.length
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
  form: CaseForm,
): string[] {
  const parts: string[] = []
  let omitted = { messages: 0, characters: 0 }
  const mark = () => {
    if (omitted.messages > 0) parts.push(form.omittedMessages(omitted.messages, omitted.characters))
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
function cutMessages(
  content: CaseContent,
  budget: number,
  form: CaseForm,
  id: string | undefined,
): string {
  const essential = findEssentialMessages(content.messages)
  const cutSubject = cutText(content.subject, Math.floor(budget * LONGEST_SUBJECT_SHARE), form)
  const subject = form.subject(cutSubject)
  const opened = essential.map((index) => {
    const message = content.messages[index]
    return message ? openMessage(message, form, LONGEST_ATTRIBUTE_WHEN_CUT) : ''
  })
  const fixed = form.wrap(
    subject,
    opened.map((open) => open + form.closeMessage),
    id,
  )
  let room = budget - fixed.length - 3 * MARK
  const textOf = (index: number) => content.messages[index]?.text ?? ''
  const lengths = essential.map((index) => form.writeText(textOf(index)).length)
  const rendered = content.messages.map(() => '')
  essential.forEach((index, place) => {
    const others = lengths.slice(place + 1)
    const share = Math.floor(room / (others.length + 1))
    const unused = others.reduce((sum, length) => sum + Math.max(0, share - length), 0)
    const inner = cutText(textOf(index), share + unused, form)
    room -= inner.length
    rendered[index] = `${opened[place]}${inner}${form.closeMessage}`
  })
  return form.wrap(subject, list(content, rendered, new Set(essential), form), id)
}

/** Written text of at most `room` characters: start and end, with a mark where the middle stood. */
function cutText(text: string, room: number, form: CaseForm): string {
  const whole = form.writeText(text)
  if (whole.length <= room) return whole
  const start = takeStart(text, Math.floor((room - MARK) * START_SHARE), form.escape)
  const left = room - MARK - form.escape(start).length
  const end = takeEnd(text.slice(start.length), left, form.escape)
  return form.writeCut(start, text.length - start.length - end.length, end)
}

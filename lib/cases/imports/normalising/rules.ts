import { createHash } from 'node:crypto'
import { type LabelCategory, labelMatcher, readLabelText } from '@/lib/cases/imports/labels/rules'
import { readMessages } from '@/lib/cases/imports/messages/rules'
import { BadValue, cleanText, MAX_ID, readCell } from '@/lib/cases/imports/normalising/text/rules'
import type { Mapping } from '@/lib/cases/imports/schema'
import { readTime } from '@/lib/cases/imports/times/rules'
import type { CaseContent } from '@/lib/cases/schema'

const SUBJECT_FROM_TEXT = 80
const MAX_LINK = 2_000

/** A case as an import writes it. */
export type NewCase = CaseContent & {
  externalId: string
  metadata: Record<string, string>
  link: string | null
  occurredAt: string | null
  textHash: Buffer
  characters: number
  labelId: string | null
  secondLabelId: string | null
}

/** Throws `BadValue` for a row that can't become a case. */
export type Normaliser = (values: Record<string, unknown>) => NewCase

/**
 * Turns the values of a row into a case: line ends LF, no NUL, well-formed Unicode, times in UTC,
 * subject from the start of the first message where the file has none.
 */
export function createNormaliser(
  mapping: Mapping,
  categories: readonly LabelCategory[],
): Normaliser {
  const readLabel = labelReader(mapping, categories)
  return (values) => {
    const given = mapping.subject ? cleanText(readCell(values[mapping.subject])).trim() : ''
    const messages = readMessages(values[mapping.messages.column], mapping.messages)
    if (messages.length === 0) {
      if (!given) throw new BadValue('The case has no text.')
      messages.push({ author: '', role: 'customer', time: null, text: given })
    }
    const subject = given || startOf(messages[0]?.text ?? '')
    const textHash = hashText({ subject, messages })
    return {
      externalId: readExternalId(values, mapping, textHash),
      subject,
      messages,
      ...readDetails(values, mapping),
      occurredAt: readOccurred(values, mapping) ?? messages.find(({ time }) => time)?.time ?? null,
      textHash,
      characters: messages.reduce((sum, { text }) => sum + text.length, subject.length),
      ...readLabel(values),
    }
  }
}

/**
 * sha256 of subject, roles and texts. Authors and times do not belong to it: the same words from a
 * renamed author are the same text.
 */
function hashText(content: CaseContent): Buffer {
  const hash = createHash('sha256').update(content.subject)
  for (const { role, text } of content.messages) hash.update(`\u001e${role}\u001f${text}`)
  return hash.digest()
}

function startOf(text: string): string {
  const line = text.trimStart().split('\n', 1)[0]?.trim() ?? ''
  if (line.length <= SUBJECT_FROM_TEXT) return line
  const cut = line.slice(0, SUBJECT_FROM_TEXT)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > SUBJECT_FROM_TEXT / 2 ? space : undefined).toWellFormed()}…`
}

function readExternalId(
  values: Record<string, unknown>,
  mapping: Mapping,
  textHash: Buffer,
): string {
  if (!mapping.externalId) return `text-${textHash.toString('hex', 0, 8)}`
  const id = cleanText(readCell(values[mapping.externalId])).trim()
  if (id === '') throw new BadValue(`The external id (“${mapping.externalId}”) is missing.`)
  if (id.length > MAX_ID) {
    throw new BadValue(`The external id is longer than ${MAX_ID} characters.`)
  }
  return id
}

function readDetails(values: Record<string, unknown>, mapping: Mapping) {
  const metadata: Record<string, string> = {}
  for (const column of mapping.metadata) {
    const text = cleanText(readCell(values[column])).trim()
    if (text) metadata[column] = text
  }
  const link = mapping.link ? cleanText(readCell(values[mapping.link])).trim() : ''
  if (link === '' || isWebLink(link)) return { metadata, link: link || null }
  // Not a link that may be opened; kept, so that nothing of the file is lost.
  return { metadata: { ...metadata, [mapping.link ?? 'link']: link }, link: null }
}

function isWebLink(text: string): boolean {
  return text.length <= MAX_LINK && /^https?:\/\//i.test(text) && URL.canParse(text)
}

function readOccurred(values: Record<string, unknown>, mapping: Mapping): string | null {
  const value = mapping.time ? values[mapping.time] : null
  if (value === null || value === undefined || value === '') return null
  const time = readTime(value)
  if (!time) throw new BadValue(`“${readCell(value).slice(0, 60)}” is not a time that can be read.`)
  return time
}

type Labels = { labelId: string | null; secondLabelId: string | null }

function labelReader(
  mapping: Mapping,
  categories: readonly LabelCategory[],
): (values: Record<string, unknown>) => Labels {
  const { label } = mapping
  if (!label) return () => ({ labelId: null, secondLabelId: null })
  const match = labelMatcher(categories)
  const known = new Set(categories.map(({ id }) => id))
  const read = (value: unknown): string | null => {
    const raw = readLabelText(value)
    if (raw === null) return null
    const chosen = Object.hasOwn(label.values, raw) ? label.values[raw] : match(raw)
    if (chosen === null && Object.hasOwn(label.values, raw)) return null
    if (!chosen || !known.has(chosen)) {
      throw new BadValue(`The label “${raw.slice(0, 100)}” is none of the categories.`)
    }
    return chosen
  }
  return (values) => {
    const labelId = read(values[label.column])
    const second = label.secondColumn ? read(values[label.secondColumn]) : null
    return { labelId, secondLabelId: labelId && second !== labelId ? second : null }
  }
}

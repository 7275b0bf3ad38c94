import type { Instructions } from './prompt'
import type { PromptCase } from './prompts/told'
import { readWords } from './words'

/** Terms with their weights; plain stems, pairs `a b`, and words by speaker `role:stem`. */
export type Features = Map<string, number>
/** A part of a text that is compared on its own footing, however long it is. */
export type Field = { weight: number; terms: Features }

/** Weights of a case's fields, and of terms within them. Chosen as README.md says. */
const SUBJECT = 0.25
const FIRST_REQUEST = 0.5
const LAST_ANSWER = 3
const REST = 0.25
const PAIR = 0.5
const SPEAKER = 1

export function readTextField(text: string, weight: number): Field {
  const terms: Features = new Map()
  addText(terms, text, null)
  return { weight, terms }
}

/**
 * A case as four fields: subject, first request, the agent's last answer, the rest. The first and
 * the last weigh no more than the rest unless the prompt asks for it.
 */
export function readCaseFields(one: PromptCase, emphasis: Instructions['emphasis']): Field[] {
  const subject: Features = new Map()
  const first: Features = new Map()
  const last: Features = new Map()
  const rest: Features = new Map()
  addText(subject, one.subject, null)
  const firstIndex = one.messages.findIndex((message) => message.role !== 'agent')
  const lastIndex = one.messages.findLastIndex((message) => message.role === 'agent')
  one.messages.forEach(({ role, text }, index) => {
    if (index === firstIndex && emphasis.first) addText(first, text, role)
    else if (index === lastIndex && emphasis.last) addText(last, text, role)
    else addText(rest, text, role)
  })
  return [
    { weight: SUBJECT, terms: subject },
    { weight: FIRST_REQUEST, terms: first },
    { weight: LAST_ANSWER, terms: last },
    { weight: REST, terms: rest },
  ]
}

function addText(counts: Features, text: string, speaker: string | null): void {
  let before: string | null = null
  for (const { stem } of readWords(text)) {
    add(counts, stem, 1)
    if (before !== null) add(counts, `${before} ${stem}`, PAIR)
    if (speaker !== null) add(counts, `${speaker}:${stem}`, SPEAKER)
    before = stem
  }
}

function add(counts: Features, term: string, weight: number): void {
  counts.set(term, (counts.get(term) ?? 0) + weight)
}

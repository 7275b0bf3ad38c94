import { isObject, type JsonObject } from '../shape'
import type { PromptReader } from './reader'
import {
  NOTHING_TOLD,
  type PromptCase,
  type PromptExample,
  readTranscript,
  type Told,
} from './told'

type Json = JsonObject

/** Prompts whose system text is one JSON object, and their question another. */
export const JSON_READER: PromptReader = {
  isForm: (text) => parse(text) !== null,
  readTold,
  readCases(text) {
    const given = parse(text) ?? {}
    const cases = given.case === undefined ? listObjects(given.cases) : listObjects([given.case])
    return cases.length > 0 ? cases.map(readCase) : [readCase({})]
  },
  asks: (text) => {
    const given = parse(text)
    return given?.case !== undefined || given?.cases !== undefined
  },
  teaches: (text) => {
    const { categories, good, bad } = readTold(text)
    return categories.length + good.length + bad.length > 0
  },
}

function readTold(text: string): Told {
  const given = parse(text)
  if (!given) return NOTHING_TOLD
  return {
    categories: listObjects(given.categories).flatMap(({ name, description }) => {
      const called = readText(name)
      return called === '' ? [] : [{ name: called, description: readText(description) }]
    }),
    good: [...listObjects(given.good_examples), ...listObjects(given.similar_examples)].map(
      readExample,
    ),
    bad: listObjects(given.bad_examples).map(readExample),
    said: [readText(given.persona), readText(given.rules)].join('\n'),
  }
}

function readExample(given: Json): PromptExample {
  const label = (value: unknown) => (value === undefined ? null : readText(value))
  return {
    case: { id: null, ...readTranscript(readText(given.case)) },
    right: label(given.right_classification ?? given.classification),
    wrong: label(given.wrong_classification),
    explanation: readText(given.explanation),
  }
}

function readCase({ id, subject, messages }: Json): PromptCase {
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    subject: readText(subject),
    messages: listObjects(messages).flatMap(({ role, text }) =>
      text === undefined
        ? []
        : [{ role: (readText(role) || 'customer').toLowerCase(), text: readText(text) }],
    ),
  }
}

/** A text, or a list of its lines or pieces; what is no text (a mark of something left out) is none. */
function readText(value: unknown): string {
  const parts = Array.isArray(value) ? value : [value]
  return parts
    .filter((part) => typeof part === 'string')
    .join('\n')
    .trim()
}

function listObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function parse(text: string): Json | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

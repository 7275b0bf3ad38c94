import { INST_READER } from './prompts/inst'
import { JSON_READER } from './prompts/json'
import type { PromptReader } from './prompts/reader'
import {
  type AnswerForm,
  type AnswerFormat,
  FULL_FORMAT,
  type PromptCase,
  type PromptCategory,
  type PromptExample,
} from './prompts/told'
import { XML_READER } from './prompts/xml'

export type Instructions = {
  categories: PromptCategory[]
  goodExamples: PromptExample[]
  badExamples: PromptExample[]
  /** Whether the instructions ask to weigh the first request, and the last answer, most. */
  emphasis: { first: boolean; last: boolean }
}

const READERS: Record<AnswerForm, PromptReader> = {
  xml: XML_READER,
  json: JSON_READER,
  inst: INST_READER,
}

/** The form a prompt is written in, which is the one it asks an answer in. Tags unless told otherwise. */
export function findForm(text: string): AnswerForm {
  if (JSON_READER.isForm(text)) return 'json'
  return INST_READER.isForm(text) ? 'inst' : 'xml'
}

/**
 * Categories, examples and emphasis: what the texts of a prompt teach, the system text first and, where
 * examples stand beside it, the question. Each text may have a form of its own.
 */
export function readInstructions(...texts: string[]): Instructions {
  const told = texts.map((text) => READERS[findForm(text)].readTold(text))
  const categories = told.flatMap((one) => one.categories)
  const names = categories.map((category) => category.name)
  const said = told.map((one) => one.said).join('\n')
  const look = (example: PromptExample) => lookUpLabels(example, names)
  return {
    categories,
    goodExamples: told.flatMap(({ good }) => good.map(look)),
    badExamples: told.flatMap(({ bad }) => bad.map(look)),
    emphasis: {
      first: /\b(first|initial|opening|original)\s+(request|message|question|contact)\b/i.test(
        said,
      ),
      last: /\b(last|final|closing)\s+(answer|message|reply|response)\b/i.test(said),
    },
  }
}

/**
 * What the prompt's last word on the answer's format wants: evidence unless it is not spoken of there,
 * and in JSON the key that it writes. A prompt without such a part gets all there is.
 */
export function readAnswerFormat(text: string): AnswerFormat {
  const at = Math.max(text.lastIndexOf('answer_format'), text.lastIndexOf('Answer format:'))
  const from = text.lastIndexOf('<answer_format', at)
  if (at < 0) return FULL_FORMAT
  const said = text.slice(from >= 0 ? from : at)
  const [, labelKey] = /"(label|classification)"\s*:/.exec(said) ?? []
  return {
    evidence: /evidence/i.test(said),
    labelKey: labelKey === 'label' || labelKey === 'classification' ? labelKey : null,
  }
}

/** The cases a user message asks about: one, or a pack. Text without any mark of a case is one case. */
export function readCases(text: string): PromptCase[] {
  return READERS[findForm(text)].readCases(text)
}

export function asksAboutCase(text: string): boolean {
  return READERS[findForm(text)].asks(text)
}

/** Whether a question has examples or categories of its own beside the case. */
export function teaches(question: string): boolean {
  return READERS[findForm(question)].teaches(question)
}

function lookUpLabels(example: PromptExample, names: readonly string[]): PromptExample {
  const right = example.right === null ? null : findName(example.right, names)
  const wrong =
    example.wrong === null ? findDenied(example.explanation, names) : findName(example.wrong, names)
  return { ...example, right, wrong: wrong === right ? null : wrong }
}

/** The listed category a label means; labels that are on no list are kept as they are. */
function findName(label: string, names: readonly string[]): string {
  const key = label.trim().toLowerCase()
  return names.find((name) => name.trim().toLowerCase() === key) ?? label.trim()
}

/** The category that an explanation of the form "should be X and not Y" warns against. */
function findDenied(explanation: string, names: readonly string[]): string | null {
  const said = explanation.toLowerCase()
  return names.find((name) => said.includes(`not ${name.toLowerCase()}`)) ?? null
}

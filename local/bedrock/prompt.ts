import {
  findChild,
  isElement,
  listElements,
  type MarkupElement,
  readMarkup,
  textOf,
} from './markup'

type PromptMessage = { role: string; text: string }
/** `id` is null unless the case came in a pack. */
export type PromptCase = { id: string | null; subject: string; messages: PromptMessage[] }
type PromptCategory = { name: string; description: string }
/** What the prompt says of one earlier case; `wrong` is the label it warns against. */
export type PromptExample = {
  case: PromptCase
  right: string | null
  wrong: string | null
  explanation: string
}
export type Instructions = {
  categories: PromptCategory[]
  goodExamples: PromptExample[]
  badExamples: PromptExample[]
  /** Whether the instructions ask to weigh the first request, and the last answer, most. */
  emphasis: { first: boolean; last: boolean }
}

/** Where a `<case>` is no question but part of the instructions. */
const INSTRUCTION_ELEMENTS = [
  'persona',
  'rules',
  'instructions',
  'categories',
  'good_examples',
  'bad_examples',
  'example',
  'answer_format',
]

/** Categories, examples and emphasis from the parts of a prompt that carry no question. */
export function readInstructions(text: string): Instructions {
  const root = readMarkup(text)
  const categories = listElements(root, 'category').flatMap(readCategory)
  const names = categories.map((category) => category.name)
  const bad = listElements(root, 'bad_examples').flatMap((list) => listElements(list, 'example'))
  const good = listElements(root, 'example', ['bad_examples'])
  const said = [...listElements(root, 'persona'), ...listElements(root, 'rules')]
    .map(textOf)
    .join('\n')
  return {
    categories,
    goodExamples: good.map((element) => readExample(element, names)),
    badExamples: bad.map((element) => readExample(element, names)),
    emphasis: {
      first: /\b(first|initial|opening|original)\s+(request|message|question|contact)\b/i.test(
        said,
      ),
      last: /\b(last|final|closing)\s+(answer|message|reply|response)\b/i.test(said),
    },
  }
}

/** The cases a user message asks about: one, or a pack. Text without a `<case>` is one case. */
export function readCases(text: string): PromptCase[] {
  const root = readMarkup(text)
  const cases = listElements(root, 'case', INSTRUCTION_ELEMENTS).map(readCase)
  return cases.length > 0 ? cases : [readCase(root)]
}

function readCategory(element: MarkupElement): PromptCategory[] {
  const name = textOf(findChild(element, 'name') ?? { ...element, children: [] })
  const description = findChild(element, 'description')
  return name === '' ? [] : [{ name, description: description ? textOf(description) : '' }]
}

function readCase(element: MarkupElement): PromptCase {
  const subject = findChild(element, 'subject')
  const messages = listElements(element, 'message').map((message) => ({
    role: (message.attributes.role ?? 'customer').toLowerCase(),
    text: textOf(message),
  }))
  const loose = textOf({
    ...element,
    children: element.children.filter(
      (child) => !isElement(child) || (child !== subject && child.name !== 'message'),
    ),
  })
  const told = messages.length === 0 ? readTranscript(loose) : { subject: '', messages }
  return {
    id: element.attributes.id ?? null,
    subject: subject ? textOf(subject) : told.subject,
    messages: told.messages,
  }
}

const SPEAKER_LINE = /^(customer|client|user|agent|support|assistant|system)\s*:\s*/im

/**
 * Plain text as people write examples: a line of subject, then paragraphs that begin with who
 * speaks ("Customer: …"). Text in which nobody is named is one message of the customer's.
 */
function readTranscript(text: string): Pick<PromptCase, 'subject' | 'messages'> {
  const start = text.search(SPEAKER_LINE)
  if (start < 0) {
    return { subject: '', messages: text === '' ? [] : [{ role: 'customer', text }] }
  }
  const [, ...parts] = text.slice(start).split(new RegExp(SPEAKER_LINE, 'gim'))
  const messages: PromptMessage[] = []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const speaker = (parts[at] ?? '').toLowerCase()
    const isAgent = ['agent', 'support', 'assistant'].includes(speaker)
    const role = isAgent ? 'agent' : speaker === 'system' ? 'system' : 'customer'
    messages.push({ role, text: (parts[at + 1] ?? '').trim() })
  }
  return { subject: text.slice(0, start).trim(), messages }
}

function readExample(element: MarkupElement, names: readonly string[]): PromptExample {
  const label = (...tags: string[]) => {
    const found = findChild(element, ...tags)
    return found ? findName(textOf(found), names) : null
  }
  const explanationElement = findChild(element, 'explanation')
  const explanation = explanationElement ? textOf(explanationElement) : ''
  const right = label('right_classification', 'classification', 'correct_classification')
  const wrong = label('wrong_classification') ?? findDenied(explanation, names)
  const caseElement = findChild(element, 'case')
  return {
    case: readCase(caseElement ?? { ...element, children: [] }),
    right,
    wrong: wrong === right ? null : wrong,
    explanation,
  }
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

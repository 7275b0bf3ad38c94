import {
  findChild,
  isElement,
  listElements,
  type MarkupElement,
  readMarkup,
  textOf,
} from '../markup'
import type { PromptReader } from './reader'
import { type PromptCase, type PromptExample, readTranscript, type Told } from './told'

/** Where a `<case>` is no question but part of the instructions. */
const INSTRUCTION_ELEMENTS = [
  'persona',
  'rules',
  'instructions',
  'categories',
  'good_examples',
  'bad_examples',
  'similar_examples',
  'example',
  'answer_format',
]

/** Prompts in tags, and text of no form. */
export const XML_READER: PromptReader = {
  isForm: () => true,
  readTold,
  readCases(text) {
    const root = readMarkup(text)
    const cases = listElements(root, 'case', INSTRUCTION_ELEMENTS).map(readCase)
    return cases.length > 0 ? cases : [readCase(root)]
  },
  asks: (text) => text.includes('<case'),
  teaches: (text) => /<(example|categor)/.test(text),
}

function readTold(text: string): Told {
  const root = readMarkup(text)
  const bad = listElements(root, 'bad_examples').flatMap((list) => listElements(list, 'example'))
  return {
    categories: listElements(root, 'category').flatMap(readCategory),
    good: listElements(root, 'example', ['bad_examples']).map(readExample),
    bad: bad.map(readExample),
    said: [...listElements(root, 'persona'), ...listElements(root, 'rules')].map(textOf).join('\n'),
  }
}

function readCategory(element: MarkupElement): Told['categories'] {
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

function readExample(element: MarkupElement): PromptExample {
  const text = (...tags: string[]) => {
    const found = findChild(element, ...tags)
    return found ? textOf(found) : null
  }
  const caseElement = findChild(element, 'case')
  return {
    case: readCase(caseElement ?? { ...element, children: [] }),
    right: text('right_classification', 'classification', 'correct_classification'),
    wrong: text('wrong_classification'),
    explanation: text('explanation') ?? '',
  }
}

import { block, element, escapeAttribute, escapeText } from '@/lib/versions/rendering/markup/rules'
import {
  type Answer,
  type ExamplePart,
  listInstructions,
  type PromptForm,
  type PromptParts,
  sampleObject,
} from '@/lib/versions/rendering/parts/rules'

/** Tags around every part, as Claude reads best. `&` and `<` of all texts are escaped. */
export const XML_FORM: PromptForm = {
  sections: {
    persona: ({ persona }) => block('persona', escapeText(persona)),
    rules: ({ rules }) => block('rules', escapeText(rules)),
    categories: ({ categories }) =>
      block(
        'categories',
        categories
          .map(({ name, description }) =>
            block('category', `${element('name', name)}\n${element('description', description)}`),
          )
          .join('\n'),
      ),
    good_examples: ({ goodExamples }) => writeExamples('good_examples', goodExamples),
    bad_examples: ({ badExamples }) => writeExamples('bad_examples', badExamples),
    answer_format: (parts) =>
      block(
        'answer_format',
        [
          ...listInstructions(
            { one: 'one response in the form below', pack: 'responses in the form below' },
            parts,
          ),
          writeSample(parts),
        ].join('\n'),
      ),
  },
  joinSections: (sections) => sections.join('\n'),
  case: {
    escape: escapeText,
    escapeAttribute,
    writeText: escapeText,
    writeCut: (start, omitted, end) =>
      `${escapeText(start)}<omitted characters="${omitted}"/>${escapeText(end)}`,
    subject: (written) => `<subject>${written}</subject>`,
    openMessage: ({ role, author, time }) =>
      `<message role="${role}"${attribute('author', author)}${attribute('time', time)}>\n`,
    closeMessage: '\n</message>',
    omittedMessages: (messages, characters) =>
      `<omitted messages="${messages}" characters="${characters}"/>`,
    separator: '\n',
    wrap: (subject, messages, id) => {
      const inner = [subject, ...messages].join('\n')
      return id === undefined ? block('case', inner) : `<case id="${id}">\n${inner}\n</case>`
    },
  },
  similarExample: writeExample,
  joinQuestion: (similar, writtenCase) =>
    similar.length === 0
      ? writtenCase
      : `${block('similar_examples', similar.join('\n'))}\n${writtenCase}`,
  joinPack: (similar, writtenCases) =>
    XML_FORM.joinQuestion(similar, block('cases', writtenCases.join('\n'))),
}

function attribute(name: string, escaped: string | null): string {
  return escaped === null ? '' : ` ${name}="${escaped}"`
}

function writeExamples(name: string, examples: readonly ExamplePart[]): string {
  return block(name, examples.map(writeExample).join('\n'))
}

function writeExample({ caseText, fields }: ExamplePart): string {
  const parts = [
    block('case', escapeText(caseText)),
    ...fields.map(({ name, text }) => element(name, text)),
  ]
  return block('example', parts.join('\n'))
}

function writeSample(parts: PromptParts): string {
  if (parts.asJson) return escapeText(JSON.stringify(sampleObject(parts)))
  const written = writeResponse(parts.sample)
  if (!parts.packed) return written
  return block('responses', written.replace('<response>', '<response id="1">'))
}

function writeResponse({ explanation, evidence, classification }: Answer): string {
  const parts = [
    element('explanation', explanation),
    element('evidence', evidence),
    element('classification', classification),
  ]
  return block('response', parts.join('\n'))
}

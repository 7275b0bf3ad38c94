import {
  type ExamplePart,
  type FieldName,
  listInstructions,
  type PromptForm,
  type PromptParts,
  sampleObject,
} from '@/lib/versions/rendering/parts/rules'

/**
 * Llama 2 style: plain text under headings, every example as the turn that the model was taught, a
 * case between `[INST]` and `[/INST]` and its answer after it. The marks around the whole (`<s>`,
 * `<<SYS>>`) are not written here: Bedrock's Converse puts system text and message into them.
 *
 * Only headings, marks and names of fields begin at the start of a line. Every line of a text is
 * indented, and the marks that the model knows lose their brackets in it, so no text can pass for one.
 */
export const INST_FORM: PromptForm = {
  sections: {
    persona: ({ persona }) => `Persona:\n${indent(persona)}`,
    rules: ({ rules }) => `Rules:\n${indent(rules)}`,
    categories: ({ categories }) => ['Categories:', ...categories.map(writeCategory)].join('\n'),
    good_examples: ({ goodExamples }) =>
      ['Good examples:', ...goodExamples.map(writeExample)].join('\n'),
    bad_examples: ({ badExamples }) =>
      ['Bad examples:', ...badExamples.map(writeExample)].join('\n'),
    answer_format: (parts) =>
      [
        'Answer format:',
        indent(listInstructions(FORMS_ASKED_FOR, parts).join('\n')),
        parts.packed ? '[INST]\n  The cases.\n[/INST]' : '[INST]\n  The case.\n[/INST]',
        ...writeSample(parts),
      ].join('\n'),
  },
  joinSections: (sections) => sections.join('\n'),
  case: {
    escape: write,
    escapeAttribute: writeOnOneLine,
    writeText: write,
    writeCut: (start, omitted, end) =>
      `${write(start)}\n(${omitted} characters are left out here.)\n  ${write(end)}`,
    subject: (written) => `Subject: ${written}`,
    openMessage: ({ role, author, time }) => {
      const who = [author, time].filter((one) => one !== null).join(', ')
      return `${ROLES[role]}${who === '' ? '' : ` (${who})`}:\n  `
    },
    closeMessage: '',
    omittedMessages: (messages, characters) =>
      `(${messages} messages with ${characters} characters are left out here.)`,
    separator: '\n',
    wrap: (subject, messages, id) =>
      [id === undefined ? 'Case:' : `Case ${id}:`, subject, ...messages].join('\n'),
  },
  similarExample: writeExample,
  joinQuestion: (similar, writtenCase) =>
    similar.length === 0 ? writtenCase : ['Similar examples:', ...similar, writtenCase].join('\n'),
  joinPack: (similar, writtenCases) => INST_FORM.joinQuestion(similar, writtenCases.join('\n')),
}

const FORMS_ASKED_FOR = {
  one: 'three fields in the form below',
  pack: 'four fields in the form below, the first of which is the id of the case',
}

function writeSample(parts: PromptParts): string[] {
  if (parts.asJson) return [JSON.stringify(sampleObject(parts))]
  return [
    ...(parts.packed ? ['Case: 1'] : []),
    writeField('Explanation', parts.sample.explanation),
    writeField('Evidence', parts.sample.evidence),
    writeField('Classification', parts.sample.classification),
  ]
}

const ROLES = { customer: 'Customer', agent: 'Agent', system: 'System' }

const FIELD_TITLES: Record<FieldName, string> = {
  classification: 'Classification',
  wrong_classification: 'Wrong classification',
  right_classification: 'Right classification',
  explanation: 'Explanation',
  rule: 'Rule',
}

const LINE_BREAK = /\r\n|[\n\r\v\f\x85\u2028\u2029]/g

/** What models of this family were taught to take for the start or end of something. */
const MARKS =
  /\[(\s*\/?\s*(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\s*)\]|<(\s*\/?\s*(?:s|unk|pad)\s*)>|<<(\s*\/?\s*SYS\s*)>>|<\|([^|\n]{0,40})\|>/gi

/** Text after which a line may go on: further lines of it are indented. No longer than its parts. */
function write(text: string): string {
  return neutralise(text).replace(LINE_BREAK, '\n  ')
}

function writeOnOneLine(text: string): string {
  return neutralise(text.replace(LINE_BREAK, ' '))
}

/** The marks keep their words and their length, and lose what makes them marks. */
function neutralise(text: string): string {
  return text.replace(MARKS, (mark, ...groups: (string | undefined)[]) => {
    const [square, angle, double, bar] = groups
    if (double !== undefined) return `((${double}))`
    if (bar !== undefined) return `((${bar}))`
    return `(${square ?? angle ?? mark.slice(1, -1)})`
  })
}

function indent(text: string): string {
  return `  ${write(text)}`
}

function writeField(title: string, text: string): string {
  return `${title}: ${write(text)}`
}

function writeCategory({ name, description }: { name: string; description: string }): string {
  const title = `- ${writeOnOneLine(name)}`
  return description === '' ? title : `${title}\n${indent(description)}`
}

function writeExample({ caseText, fields }: ExamplePart): string {
  return [
    '[INST]',
    indent(caseText),
    '[/INST]',
    ...fields.map(({ name, text }) => writeField(FIELD_TITLES[name], text)),
  ].join('\n')
}

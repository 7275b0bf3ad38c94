import {
  type ExamplePart,
  listInstructions,
  type PromptForm,
  sampleObject,
} from '@/lib/versions/rendering/parts/rules'

/**
 * The fixed part is one JSON object and the question another, for Nova and models that read JSON
 * best. Every text is a JSON string, or a list of its lines, so none can end before it is meant to.
 */
export const JSON_FORM: PromptForm = {
  sections: {
    persona: ({ persona }) => `"persona": ${writeLines(persona)}`,
    rules: ({ rules }) => `"rules": ${writeLines(rules)}`,
    categories: ({ categories }) =>
      `"categories": ${writeList(
        categories.map(({ name, description }) => writeObject({ name, description })),
      )}`,
    good_examples: ({ goodExamples }) =>
      `"good_examples": ${writeList(goodExamples.map(writeExample))}`,
    bad_examples: ({ badExamples }) =>
      `"bad_examples": ${writeList(badExamples.map(writeExample))}`,
    answer_format: (parts) => {
      const instructions = listInstructions({ one: '', pack: '' }, parts)
      const form = parts.packed ? JSON.stringify(sampleObject(parts)) : writeObject(parts.sample)
      return `"answer_format": {\n"instructions": ${writeLines(instructions.join('\n'))},\n"form": ${form}\n}`
    },
  },
  joinSections: (sections) => `{\n${sections.join(',\n')}\n}`,
  case: {
    escape: escapeString,
    escapeAttribute: escapeString,
    writeText: (text) => JSON.stringify(text),
    writeCut: (start, omitted, end) =>
      `[${JSON.stringify(start)}, {"omitted_characters": ${omitted}}, ${JSON.stringify(end)}]`,
    subject: (written) => `"subject": ${written}`,
    openMessage: ({ role, author, time }) =>
      `{"role": "${role}"${field('author', author)}${field('time', time)}, "text": `,
    closeMessage: '}',
    omittedMessages: (messages, characters) =>
      `{"omitted_messages": ${messages}, "characters": ${characters}}`,
    separator: ',\n',
    wrap: (subject, messages, id) => {
      const inner = `${subject},\n"messages": ${writeList(messages)}\n}`
      return id === undefined ? `"case": {\n${inner}` : `{\n"id": "${id}",\n${inner}`
    },
  },
  similarExample: writeExample,
  joinQuestion: (similar, writtenCase) =>
    similar.length === 0
      ? `{\n${writtenCase}\n}`
      : `{\n"similar_examples": ${writeList(similar)},\n${writtenCase}\n}`,
  joinPack: (similar, writtenCases) =>
    JSON_FORM.joinQuestion(similar, `"cases": ${writeList(writtenCases)}`),
}

/** A text as it stands between double quotes. */
function escapeString(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function field(name: string, escaped: string | null): string {
  return escaped === null ? '' : `, "${name}": "${escaped}"`
}

/** A text of several lines as a list of them, so that people and differences see its lines. */
function writeLines(text: string): string {
  const lines = text.split('\n').map((line) => JSON.stringify(line))
  return lines.length === 1 ? (lines[0] ?? '""') : writeList(lines)
}

function writeList(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`
}

function writeObject(fields: Record<string, string>): string {
  const pairs = Object.entries(fields).map(
    ([name, text]) => `${JSON.stringify(name)}: ${JSON.stringify(text)}`,
  )
  return `{${pairs.join(', ')}}`
}

function writeExample({ caseText, fields }: ExamplePart): string {
  const named = fields.map(({ name, text }) => [name, text] as const)
  return writeObject({ case: caseText, ...Object.fromEntries(named) })
}

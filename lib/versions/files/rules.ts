import type { z } from 'zod'
import {
  findUnstorable,
  type Read,
  readJson,
  readLines,
  writeJson,
  writeLines,
} from './lines/rules'
import {
  badExampleLine,
  categoriesFile,
  type ExampleLine,
  type ExampleLines,
  type FileContent,
  type FileName,
  type FileProblem,
  FORM,
  formatFile,
  goodExampleLine,
  personaFile,
  rulesFile,
  type VersionFiles,
  versionFile,
} from './schema'

const EXAMPLE_KEYS = [
  'external_id',
  'revision',
  'label',
  'wrong_label',
  'text',
  'explanation',
  'enabled',
  'review',
]

/** A version as files that people can read and compare; the same content gives the same bytes. */
export function toFiles(content: FileContent): VersionFiles {
  const { answerFormat, badExampleForm, model, template, similarExamples, packSize } = content
  return {
    'version.json': writeJson({ form: FORM, note: content.note }),
    'persona.md': writeText(content.persona),
    'rules.md': writeText(content.rules),
    'categories.json': writeJson(
      content.categories.map(({ key, name, description }) => ({ key, name, description })),
    ),
    'format.json': writeJson({
      template,
      answerFormat: { kind: answerFormat.kind, sample: answerFormat.sample },
      badExampleForm,
      model: {
        modelId: model.modelId,
        maxTokens: model.maxTokens,
        temperature: model.temperature,
        mendModelId: model.mendModelId,
      },
      similarExamples,
      ...(packSize === 1 ? {} : { packSize }),
    }),
    'good-examples.jsonl': writeLines(content.good, EXAMPLE_KEYS),
    'bad-examples.jsonl': writeLines(content.bad, EXAMPLE_KEYS),
  }
}

/** What files say, or everything that is wrong with them. */
export function fromFiles(
  files: Partial<VersionFiles>,
): { content: FileContent; lines: ExampleLines } | { problems: FileProblem[] } {
  const problems: FileProblem[] = []
  const read = <T>(name: FileName, reader: (text: string) => Read<T>): T | null => {
    const text = files[name]
    const result = text === undefined ? missing(name) : reader(text)
    problems.push(...result.problems)
    return result.value
  }
  const json = <T>(name: FileName, schema: z.ZodType<T>) =>
    read(name, (text) => readJson(name, text, schema))
  const examples = (name: FileName, schema: z.ZodType<ExampleLine>) =>
    read(name, (text) => readLines(name, text, schema))

  const version = json('version.json', versionFile)
  const persona = read('persona.md', (text) => readText('persona.md', text, personaFile))
  const rules = read('rules.md', (text) => readText('rules.md', text, rulesFile))
  const categories = json('categories.json', categoriesFile)
  const format = json('format.json', formatFile)
  const good = examples('good-examples.jsonl', goodExampleLine)
  const bad = examples('bad-examples.jsonl', badExampleLine)
  problems.push(...listTwins(categories ?? []))
  const count = (good?.length ?? 0) + (bad?.length ?? 0)
  if (count > MOST_EXAMPLES) problems.push(explainMany(count))
  if (!version || persona === null || rules === null || !categories || !format || !good || !bad) {
    return { problems }
  }
  if (problems.length > 0) return { problems }
  const said = (lines: typeof good) => lines.map((one) => one.said)
  const texts = { note: version.note, persona, rules, categories }
  return {
    content: { ...format, ...texts, good: said(good), bad: said(bad) },
    lines: { good: good.map(({ line }) => line), bad: bad.map(({ line }) => line) },
  }
}

/** What a version can still be edited and asked with. */
const MOST_EXAMPLES = 5_000

function explainMany(count: number): FileProblem {
  const [is, most] = [count, MOST_EXAMPLES].map((n) => n.toLocaleString('en-US'))
  const message = `The files have ${is} examples, and a version takes at most ${most} by files. Leave some out.`
  return { file: 'good-examples.jsonl', line: null, message }
}

function missing(name: FileName): Read<never> {
  const empty = name.endsWith('.jsonl') ? ' An empty file stands for none.' : ''
  const message = `This file is missing.${empty}`
  return { value: null, problems: [{ file: name, line: null, message }] }
}

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * A text and a final line break. Editors may put a byte order mark in front, which reading takes off;
 * a text that begins with one of its own gets it twice.
 */
function writeText(text: string): string {
  return `${text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''}${text}\n`
}

function readText(file: string, text: string, schema: z.ZodType<string>): Read<string> {
  const value = text.replace(/^\uFEFF/, '').replace(/\n$/, '')
  const problem = (message: string): Read<string> => ({
    value: null,
    problems: [{ file, line: null, message }],
  })
  const unstorable = findUnstorable(value)
  if (unstorable !== null) return problem(unstorable)
  return schema.safeParse(value).success
    ? { value, problems: [] }
    : problem('It is longer than the 50,000 characters that a version takes.')
}

function listTwins(categories: FileContent['categories']): FileProblem[] {
  const seen = new Set<string>()
  return categories.flatMap(({ key }) => {
    const twin = seen.has(key)
    seen.add(key)
    const message = `The category “${key}” is in it twice.`
    return twin ? [{ file: 'categories.json', line: null, message }] : []
  })
}

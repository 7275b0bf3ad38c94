import type { z } from 'zod'
import type { FileProblem } from '../schema'

export type Read<T> = { value: T | null; problems: FileProblem[] }

/** Values in a fixed order of keys, one object a line, as people write such lines. */
export function writeLines(
  objects: readonly Record<string, unknown>[],
  keys: readonly string[],
): string {
  return objects.map((object) => `${writeLine(object, keys)}\n`).join('')
}

function writeLine(object: Record<string, unknown>, keys: readonly string[]): string {
  const pairs = keys.flatMap((key) =>
    object[key] === undefined ? [] : [`${JSON.stringify(key)}: ${JSON.stringify(object[key])}`],
  )
  return `{${pairs.join(', ')}}`
}

/** JSON as people read it, with a final line break. */
export function writeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

export function readJson<T>(file: string, text: string, schema: z.ZodType<T>): Read<T> {
  return parse(schema, text.replace(/^\uFEFF/, ''), file, null)
}

/** One value a line; blank lines are passed over. Every line that is wrong is named by its number. */
export function readLines<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
): Read<{ line: number; said: T }[]> {
  const values: { line: number; said: T }[] = []
  const problems: FileProblem[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue
    const read = parse(schema, line, file, index + 1)
    problems.push(...read.problems)
    if (read.value !== null) values.push({ line: index + 1, said: read.value })
  }
  return { value: values, problems }
}

/** Why a text can't be kept as it is, or null: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function findUnstorable(text: string): string | null {
  if (text.includes('\0')) return 'It has a NUL character, which can’t be stored.'
  return text.isWellFormed() ? null : 'It has half of a character (a lone surrogate).'
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string, line: number | null): Read<T> {
  const fail = (message: string): Read<T> => ({ value: null, problems: [{ file, line, message }] })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return fail(`This is not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}.`)
  }
  const unstorable = findUnstorable(listTexts(value).join(''))
  if (unstorable !== null) return fail(unstorable)
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, problems: [] }
  const problems = result.error.issues.map((issue) => ({ file, line, message: explain(issue) }))
  return { value: null, problems }
}

/** In a sentence. Zod says of a field that is not there what type it is not. */
function explain({ path, message }: z.core.$ZodIssue): string {
  const where = tellPath(path)
  if (message.endsWith('received undefined')) return `${where} is missing.`
  const said = /[.!?]$/.test(message) ? message : `${message}.`
  return where === '' ? said : `${where}: ${said}`
}

/** "“name” of entry 2": entries are counted from 1, as people count them. */
function tellPath(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path
  if (typeof first !== 'number') return path.length === 0 ? '' : `“${path.join('.')}”`
  return rest.length === 0 ? `Entry ${first + 1}` : `“${rest.join('.')}” of entry ${first + 1}`
}

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...listTexts(inner)])
}

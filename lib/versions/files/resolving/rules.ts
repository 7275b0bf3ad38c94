import type { ExampleLine, ExampleLines, FileContent, FileProblem } from '../schema'

/** What the project has of that which files name. */
export type Known = {
  categories: readonly { id: string; key: string; name: string; archived: boolean }[]
  cases: readonly { id: string; externalId: string; revision: number; isExamplePool: boolean }[]
  /** The case of each review. */
  reviews: ReadonlyMap<string, string>
}

export type ResolvedExample = {
  kind: 'good' | 'bad'
  caseId: string
  reviewId: string | null
  /** Null: the text of the whole case. */
  text: string | null
  labelId: string
  wrongLabelId: string | null
  explanation: string
  enabled: boolean
}

export type Resolved = {
  categories: { categoryId: string; description: string }[]
  examples: ResolvedExample[]
  notes: string[]
}

/** Rows for what files name, or all that this project can't take: then nothing is imported. */
export function resolveFiles(
  content: FileContent,
  lines: ExampleLines,
  known: Known,
): Resolved | { problems: FileProblem[] } {
  const current = known.categories.filter(({ archived }) => !archived)
  const categories = content.categories.map((one) => ({
    said: one,
    found: findCategory(one.key, current) ?? findCategory(one.name, current),
  }))
  const unknown = categories.flatMap(({ said, found }) => (found ? [] : said.name))
  const ids = new Set(categories.flatMap(({ found }) => found?.id ?? []))
  const absent = current.filter(({ id }) => !ids.has(id)).map(({ name }) => name)
  if (unknown.length > 0 || ids.size < categories.length) {
    return { problems: [explainCategories(unknown, absent)] }
  }
  const problems: FileProblem[] = []
  let reviewsDropped = 0
  const resolve = (kind: 'good' | 'bad') =>
    content[kind].flatMap((line, index): ResolvedExample[] => {
      const result = resolveExample(kind, line, ids, known)
      if (typeof result === 'string') {
        const file = `${kind}-examples.jsonl`
        problems.push({ file, line: lines[kind][index] ?? null, message: result })
        return []
      }
      if (line.review !== undefined && result.reviewId === null) reviewsDropped += 1
      return [result]
    })
  const examples = [...resolve('good'), ...resolve('bad')]
  if (problems.length > 0) return { problems }
  return {
    categories: categories.flatMap(({ said, found }) =>
      found ? [{ categoryId: found.id, description: said.description }] : [],
    ),
    examples,
    notes: [
      ...(absent.length > 0 ? [`The draft is without ${list(absent)}, as the files are.`] : []),
      ...(reviewsDropped > 0
        ? [
            `${reviewsDropped} of the reviews that examples name are not of their case here: those examples are kept without them.`,
          ]
        : []),
    ],
  }
}

function explainCategories(unknown: string[], absent: string[]): FileProblem {
  const said = [
    unknown.length > 0
      ? `These files are for other categories: this project has no ${list(unknown)}.`
      : 'Two of these categories are one in this project.',
    absent.length > 0 ? `It has ${list(absent)}, which the files lack.` : '',
    'Change categories.json (and the labels of the examples), or add what is missing in the settings.',
  ]
  return { file: 'categories.json', line: null, message: said.filter(Boolean).join(' ') }
}

/** A row, or why there can be none. */
function resolveExample(
  kind: 'good' | 'bad',
  line: ExampleLine,
  ids: ReadonlySet<string>,
  { cases, categories, reviews }: Known,
): ResolvedExample | string {
  const enabled = line.enabled ?? true
  const revisions = cases.filter(({ externalId }) => externalId === line.external_id)
  const from =
    line.revision === undefined
      ? revisions.toSorted((a, b) => b.revision - a.revision)[0]
      : revisions.find(({ revision }) => revision === line.revision)
  const called = `“${line.external_id}”${line.revision ? `, revision ${line.revision},` : ''}`
  if (!from) return `The case ${called} is not in this project.`
  if (!from.isExamplePool) {
    return `The case ${called} is not in the example pool, and examples come from there alone.`
  }
  // One that is switched off may still have a label that the version is without.
  const findLabel = (label: string) => {
    const found = findCategory(label, categories)
    return found && (ids.has(found.id) || !enabled) ? found.id : null
  }
  const labelId = findLabel(line.label)
  if (labelId === null) return `“${line.label}” is no category of these files.`
  const wrongLabelId = line.wrong_label === undefined ? null : findLabel(line.wrong_label)
  if (line.wrong_label !== undefined && wrongLabelId === null) {
    return `“${line.wrong_label}” is no category of these files.`
  }
  if (wrongLabelId === labelId) return 'The wrong label can’t be the right one.'
  const reviewId = line.review !== undefined && reviews.get(line.review) === from.id
  return {
    kind,
    caseId: from.id,
    reviewId: reviewId ? (line.review ?? null) : null,
    text: line.text ?? null,
    labelId,
    wrongLabelId,
    explanation: line.explanation,
    enabled,
  }
}

/** By key, which never changes; else by name. */
function findCategory<T extends { key: string; name: string }>(
  label: string,
  categories: readonly T[],
): T | undefined {
  return (
    categories.find(({ key }) => key === label) ?? categories.find(({ name }) => name === label)
  )
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `“${name}”`)
  return names.length > 10 ? `${shown.join(', ')} and ${names.length - 10} more` : shown.join(', ')
}

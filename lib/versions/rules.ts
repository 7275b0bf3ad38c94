import type { PromptContent } from './rendering/schema'
import type { VersionName, VersionView } from './schema'

/** All parts of a version that the prompt is made of, as the editor has them. */
export type VersionParts = Pick<
  VersionView,
  | 'persona'
  | 'rules'
  | 'categories'
  | 'examples'
  | 'answerFormat'
  | 'badExampleForm'
  | 'model'
  | 'template'
  | 'similarExamples'
  | 'packSize'
>

/** What decides the prompt, out of the editor's view of a version. */
export function toPromptContent(version: VersionParts): PromptContent {
  const { persona, rules, answerFormat, badExampleForm, model, template } = version
  const { similarExamples, packSize } = version
  const keys = new Map(version.categories.map(({ categoryId, key }) => [categoryId, key]))
  // A category that left the version may still stand in an example: its id then names it.
  const keyOf = (categoryId: string) => keys.get(categoryId) ?? categoryId
  return {
    persona,
    rules,
    answerFormat,
    badExampleForm,
    model,
    template,
    similarExamples,
    packSize,
    categories: version.categories.map(({ key, name, description }) => ({
      key,
      name,
      description,
    })),
    examples: version.examples.map((example) => ({
      id: example.id,
      kind: example.kind,
      caseText: example.text,
      labelKey: keyOf(example.labelId),
      wrongLabelKey: example.wrongLabelId === null ? null : keyOf(example.wrongLabelId),
      explanation: example.explanation,
      enabled: example.enabled,
      position: example.position,
    })),
  }
}

/** The set-up in which a version is tried, tested and released: there is one for what it says now. */
export function setupOf(version: { id: string; similarExamples: number; packSize: number }) {
  const { id: versionId, similarExamples, packSize } = version
  return { versionId, packSize, similarExamples, mode: 'on_demand', variant: '' } as const
}

/** "v3", or "draft from v2", "draft". */
export function nameVersion(version: VersionName, parent: VersionName | null = null): string {
  if (version.number !== null) return `v${version.number}`
  return parent?.number ? `draft from v${parent.number}` : 'draft'
}

/** The same where it begins a line: a number stays as it is. */
export function titleVersion(version: VersionName, parent: VersionName | null = null): string {
  return nameVersion(version, parent).replace(/^d/, 'D')
}

/** The last part of a version's address. */
export const versionPath = ({ id, number }: VersionName): string =>
  number === null ? id : String(number)

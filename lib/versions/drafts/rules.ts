import { compareExamples } from '../difference/examples/rules'
import type { PromptContent } from '../rendering/schema'

/** One line on what is different from the parent: every kind of change has its words. */
export function describeChanges(parent: PromptContent | null, content: PromptContent): string {
  if (!parent) return 'First version'
  const parts = [
    ...describeExamples(parent, content),
    ...describeCategories(parent, content),
    ...describeSettings(parent, content),
  ]
  return parts.join(' · ') || 'Nothing changed yet'
}

function describeExamples(parent: PromptContent, content: PromptContent): string[] {
  return (['good', 'bad'] as const).flatMap((kind) => {
    const ofKind = ({ examples }: PromptContent) => examples.filter((one) => one.kind === kind)
    const changes = compareExamples(ofKind(parent), ofKind(content))
    const parts = EXAMPLE_CHANGES.flatMap(({ name, words }) => {
      const n = changes[name]
      return n > 0 ? [`${n} ${kind} example${n === 1 ? '' : 's'} ${words}`] : []
    })
    return changes.reordered ? [...parts, `${kind} examples reordered`] : parts
  })
}

const EXAMPLE_CHANGES = [
  { name: 'added', words: 'added' },
  { name: 'removed', words: 'removed' },
  { name: 'edited', words: 'edited' },
  { name: 'switchedOn', words: 'switched on' },
  { name: 'switchedOff', words: 'switched off' },
] as const

function describeCategories(parent: PromptContent, content: PromptContent): string[] {
  const before = new Map(parent.categories.map((category) => [category.key, category]))
  const after = new Map(content.categories.map((category) => [category.key, category]))
  const added = content.categories.filter(({ key }) => !before.has(key))
  const removed = parent.categories.filter(({ key }) => !after.has(key))
  const described = content.categories.filter(({ key, description }) => {
    const former = before.get(key)
    return former && former.description !== description
  })
  const parts: string[] = []
  if (added.length > 0) parts.push(`${nameCategories(added)} added`)
  if (removed.length > 0) parts.push(`${nameCategories(removed)} removed`)
  if (described.length === 1) parts.push(`description of ${described[0]?.name} changed`)
  if (described.length > 1) parts.push(`${described.length} descriptions changed`)
  const order = (one: PromptContent, other: ReadonlyMap<string, unknown>) =>
    one.categories.flatMap(({ key }) => (other.has(key) ? [key] : [])).join('\n')
  if (order(parent, after) !== order(content, before)) parts.push('categories reordered')
  return parts
}

function nameCategories(categories: readonly { name: string }[]): string {
  const [only] = categories
  return only && categories.length === 1
    ? `category ${only.name}`
    : `${categories.length} categories`
}

function describeSettings(parent: PromptContent, content: PromptContent): string[] {
  const changed: [boolean, string][] = [
    [parent.persona !== content.persona, 'persona changed'],
    [parent.rules !== content.rules, 'rules changed'],
    [
      parent.answerFormat.kind !== content.answerFormat.kind ||
        parent.answerFormat.sample !== content.answerFormat.sample,
      'answer format changed',
    ],
    [parent.badExampleForm !== content.badExampleForm, 'form of the bad examples changed'],
    [parent.model.modelId !== content.model.modelId, 'model changed'],
    [parent.model.maxTokens !== content.model.maxTokens, 'longest answer changed'],
    [parent.model.temperature !== content.model.temperature, 'temperature changed'],
    [parent.model.mendModelId !== content.model.mendModelId, 'model that repairs answers changed'],
    [parent.template !== content.template, 'template changed'],
    [
      parent.similarExamples !== content.similarExamples,
      `${content.similarExamples || 'no'} similar examples`,
    ],
    [
      parent.packSize !== content.packSize,
      content.packSize === 1 ? 'one case in a call' : `${content.packSize} cases in a call`,
    ],
  ]
  return changed.flatMap(([is, words]) => (is ? [words] : []))
}

export type LateSave = { by: string | null; at: Date; frozenAs: number | null; archived: boolean }

/** What to tell someone whose save started from an older state of the draft. */
export function explainConflict({ by, at, frozenAs, archived }: LateSave): string {
  if (frozenAs !== null) return `This draft was frozen as v${frozenAs}. Your change was not saved.`
  if (archived) return 'This draft was discarded. Your change was not saved.'
  const when = `${at.toISOString().slice(11, 16)} UTC`
  return `${by ?? 'Someone else'} changed this draft at ${when}. Your change was not saved yet: choose which to keep.`
}

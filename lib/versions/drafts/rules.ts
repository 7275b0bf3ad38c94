import type { PromptContent } from '../rendering/schema'

/**
 * Why a draft can't be frozen yet, in sentences; empty when it can. A category needs no description:
 * many names say it all, and a list of seventy would hold everyone up.
 */
export function listFreezeProblems(content: PromptContent): string[] {
  const problems: string[] = []
  if (content.categories.length === 0) problems.push('It has no categories.')
  const keys = new Set(content.categories.map(({ key }) => key))
  for (const example of content.examples.filter(({ enabled }) => enabled)) {
    const where = `The ${example.kind} example “${example.caseText.trim().slice(0, 40)}…”`
    if (example.caseText.trim() === '') problems.push(`A ${example.kind} example has no text.`)
    if (!keys.has(example.labelKey)) problems.push(`${where} has a label that is no category here.`)
    if (example.wrongLabelKey !== null && !keys.has(example.wrongLabelKey)) {
      problems.push(`${where} names a wrong label that is no category here.`)
    }
  }
  return problems
}

/** One line on what is different from the parent, from the counts of changed sections and examples. */
export function describeChanges(parent: PromptContent | null, content: PromptContent): string {
  if (!parent) return 'First version'
  const parts: string[] = []
  for (const kind of ['good', 'bad'] as const) {
    const gained = countEnabled(content, kind) - countEnabled(parent, kind)
    const noun = `${kind} example${Math.abs(gained) === 1 ? '' : 's'}`
    if (gained > 0) parts.push(`${gained} ${noun} added`)
    if (gained < 0) parts.push(`${-gained} ${noun} removed`)
  }
  const described = content.categories.filter(({ key, description }) =>
    parent.categories.some((one) => one.key === key && one.description !== description),
  )
  if (described.length === 1) parts.push(`description of ${described[0]?.name} changed`)
  if (described.length > 1) parts.push(`${described.length} descriptions changed`)
  const order = (one: PromptContent) => one.categories.map(({ key }) => key).join()
  if (order(parent) !== order(content)) parts.push('categories reordered')
  if (parent.persona !== content.persona) parts.push('persona changed')
  if (parent.rules !== content.rules) parts.push('rules changed')
  if (
    JSON.stringify([parent.answerFormat, parent.badExampleForm]) !==
    JSON.stringify([content.answerFormat, content.badExampleForm])
  ) {
    parts.push('answer format changed')
  }
  if (parent.model.modelId !== content.model.modelId) parts.push('model changed')
  return parts.join(' · ') || 'Nothing changed yet'
}

function countEnabled({ examples }: PromptContent, kind: 'good' | 'bad'): number {
  return examples.filter((example) => example.enabled && example.kind === kind).length
}

export type LateSave = { by: string | null; at: Date; frozenAs: number | null; archived: boolean }

/** What to tell someone whose save started from an older state of the draft. */
export function explainConflict({ by, at, frozenAs, archived }: LateSave): string {
  if (frozenAs !== null) return `This draft was frozen as v${frozenAs}. Your change was not saved.`
  if (archived) return 'This draft was discarded. Your change was not saved.'
  const when = `${at.toISOString().slice(11, 16)} UTC`
  return `${by ?? 'Someone else'} changed this draft at ${when}. Your change was not saved yet: choose which to keep.`
}

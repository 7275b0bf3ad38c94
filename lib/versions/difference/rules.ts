import { diffArrays } from 'diff'
import { SECTION_NAMES, type SectionName } from '@/lib/versions/rendering/parts/rules'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent, Template } from '@/lib/versions/rendering/schema'

export type DifferenceLine = { kind: 'added' | 'removed' | 'unchanged'; text: string }

export type SectionDifference = {
  /** A section of the prompt, or the model settings, which are not part of its text. */
  name: SectionName | 'model'
  lines: DifferenceLine[]
  added: number
  removed: number
}

const TEMPLATE_NAMES: Record<Template, string> = {
  xml: 'XML tags',
  json: 'JSON',
  inst: '[INST], Llama 2 style',
}

/** Above this many changed lines the section is shown as replaced: finding the rest takes too long. */
const MOST_CHANGED_LINES = 2_000

/**
 * What a draft changes in what the model is sent, section by section, in the prompt's order.
 * Without a parent everything is added. Sections that both lack are absent.
 */
export function diffSections(
  parent: PromptContent | null,
  draft: PromptContent,
): SectionDifference[] {
  const before = parent === null ? new Map<string, string[]>() : listLines(parent)
  const after = listLines(draft)
  return [...SECTION_NAMES, 'model' as const].flatMap((name) => {
    if (!before.has(name) && !after.has(name)) return []
    const lines = diffLines(before.get(name) ?? [], after.get(name) ?? [])
    return [{ name, lines, added: count(lines, 'added'), removed: count(lines, 'removed') }]
  })
}

function listLines(content: PromptContent): Map<string, string[]> {
  const { modelId, maxTokens, temperature } = content.model
  const lines = new Map(
    renderSections(content).map(({ name, text }) => [name as string, text.split('\n')]),
  )
  return lines.set('model', [
    `Model: ${modelId}`,
    `Most tokens in an answer: ${maxTokens}`,
    `Temperature: ${temperature ?? 'the model’s own'}`,
    `Template: ${TEMPLATE_NAMES[content.template]}`,
    `Similar examples: ${content.similarExamples}`,
  ])
}

function diffLines(before: string[], after: string[]): DifferenceLine[] {
  const changes = diffArrays(before, after, { maxEditLength: MOST_CHANGED_LINES }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ]
  return changes.flatMap(({ added, removed, value }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'unchanged'
    return value.map((text): DifferenceLine => ({ kind, text }))
  })
}

function count(lines: readonly DifferenceLine[], kind: DifferenceLine['kind']): number {
  return lines.filter((line) => line.kind === kind).length
}

import { SECTION_NAMES, type SectionName } from '@/lib/versions/rendering/parts/rules'
import { renderSections } from '@/lib/versions/rendering/rules'
import type { PromptContent, Template } from '@/lib/versions/rendering/schema'
import { type DifferenceLine, diffLines } from './lines/rules'

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

/**
 * What a draft changes in what the model is sent, section by section, in the prompt's order.
 * Without a parent everything is added. Sections that both lack are absent.
 */
export function diffSections(
  parent: PromptContent | null,
  draft: PromptContent,
): SectionDifference[] {
  return rememberDifferences()(parent, draft)
}

/** Places at which they differ: changed lines that stand together are one change. */
export function countChanges(sections: readonly SectionDifference[]): number {
  const begins = ({ kind }: DifferenceLine, before: DifferenceLine | undefined) =>
    kind !== 'unchanged' && (before === undefined || before.kind === 'unchanged')
  return sections.reduce(
    (sum, { lines }) => sum + lines.filter((line, at) => begins(line, lines[at - 1])).length,
    0,
  )
}

type Compared = { before: string; after: string; difference: SectionDifference }

/** `diffSections` that compares a section anew only when its text has changed since it was last asked. */
export function rememberDifferences(): typeof diffSections {
  const known = new Map<SectionDifference['name'], Compared>()
  let old: { of: PromptContent | null; texts: Map<string, string> } = { of: null, texts: new Map() }
  return (parent, draft) => {
    if (parent !== old.of) old = { of: parent, texts: parent ? listTexts(parent) : new Map() }
    const after = listTexts(draft)
    return [...SECTION_NAMES, 'model' as const].flatMap((name) => {
      const texts = { before: old.texts.get(name) ?? '', after: after.get(name) ?? '' }
      if (texts.before === '' && texts.after === '') return []
      const last = known.get(name)
      if (last?.before === texts.before && last.after === texts.after) return [last.difference]
      const lines = diffLines(splitLines(texts.before), splitLines(texts.after))
      const [added, removed] = [count(lines, 'added'), count(lines, 'removed')]
      const difference = { name, lines, added, removed }
      known.set(name, { ...texts, difference })
      return [difference]
    })
  }
}

/** A section that is not there has no lines, not an empty one. */
const splitLines = (text: string): string[] => (text === '' ? [] : text.split('\n'))

function listTexts(content: PromptContent): Map<string, string> {
  const { modelId, maxTokens, temperature, mendModelId } = content.model
  const texts = new Map(renderSections(content).map(({ name, text }) => [name as string, text]))
  return texts.set(
    'model',
    [
      `Model: ${modelId}`,
      `Most tokens in an answer: ${maxTokens}`,
      `Temperature: ${temperature ?? 'the model’s own'}`,
      `Template: ${TEMPLATE_NAMES[content.template]}`,
      `Similar examples: ${content.similarExamples}`,
      `Cases in a call: ${content.packSize}`,
      `Answers: ${content.answerFormat.kind === 'schema' ? 'by JSON schema' : 'in the template’s form'}`,
      `Repairs answers: ${mendModelId ?? 'the model itself'}`,
    ].join('\n'),
  )
}

function count(lines: readonly DifferenceLine[], kind: DifferenceLine['kind']): number {
  return lines.filter((line) => line.kind === kind).length
}

import { holm, mcnemar } from '@/lib/accuracy/comparison/rules'
import { estimateTokens, renderFixedPart } from '@/lib/versions/rendering/rules'
import type { PromptContent, PromptExample } from '@/lib/versions/rendering/schema'
import type { EffectCounts, EffectPart, EffectStudyView, EffectUnit, EffectVerdict } from './schema'

/** With more examples in use than this, they are left out by category and kind unless one asks otherwise. */
const MOST_ONE_BY_ONE = 40

export const chooseUnit = (examplesInUse: number): EffectUnit =>
  examplesInUse > MOST_ONE_BY_ONE ? 'category' : 'example'

const inUse = ({ examples }: PromptContent): PromptExample[] =>
  examples.filter(({ enabled }) => enabled).sort((a, b) => a.position - b.position)

export const countInUse = (content: PromptContent): number => inUse(content).length

/** Ids of the examples that are left out together, part by part, in the order of the prompt. */
export function listParts(content: PromptContent, unit: EffectUnit): string[][] {
  if (unit === 'example') return inUse(content).map(({ id }) => [id])
  const parts = new Map<string, string[]>()
  for (const { kind, labelKey, id } of inUse(content)) {
    const key = `${kind} ${labelKey}`
    parts.set(key, [...(parts.get(key) ?? []), id])
  }
  return [...parts.values()]
}

/** The same content with these examples switched off. */
export function leaveOut(content: PromptContent, exampleIds: readonly string[]): PromptContent {
  const out = new Set(exampleIds)
  return {
    ...content,
    examples: content.examples.map((example) =>
      out.has(example.id) ? { ...example, enabled: false } : example,
    ),
  }
}

const countTokens = (content: PromptContent): number => estimateTokens(renderFixedPart(content))

/** Tokens that these examples add to each prompt. */
export const tokensOf = (content: PromptContent, exampleIds: readonly string[]): number =>
  countTokens(content) - countTokens(leaveOut(content, exampleIds))

/** Below this two-sided mid-p, corrected for the number of parts, an effect counts as found. */
const FOUND_BELOW = 0.05

/**
 * What each part does, judged together: among many parts some differ by chance alone, so mid-p is
 * corrected by Holm's rule. In the order of `counts`.
 */
export function judgeEffects(
  counts: readonly Pick<EffectCounts, 'fixes' | 'breaks'>[],
): EffectVerdict[] {
  const adjusted = holm(
    counts.map(({ fixes, breaks }) => mcnemar({ onlyOld: breaks, onlyNew: fixes }).midP),
  )
  return counts.map(({ fixes, breaks }, index) => {
    if (fixes + breaks === 0) return 'changes nothing'
    if ((adjusted[index] ?? 1) >= FOUND_BELOW) return 'too few to tell'
    return fixes > breaks ? 'helps' : 'hurts'
  })
}

type Pruning = { partId: string; reason: string }

const cases = (n: number): string => (n === 1 ? '1 case' : `${n} cases`)

/** Parts that a smaller draft could do without, and why. Parts without a result stay. */
export function proposePruning(
  parts: readonly Pick<EffectPart, 'id' | 'result' | 'tokens'>[],
): Pruning[] {
  return parts.flatMap(({ id, result, tokens }) => {
    if (!result || result.fixes > result.breaks) return []
    const { fixes, breaks } = result
    if (fixes + breaks === 0) {
      return { partId: id, reason: `changes no case and costs ${tokens} tokens` }
    }
    const reason =
      fixes === 0
        ? `fixes nothing and breaks ${cases(breaks)}`
        : `breaks ${cases(breaks)} and fixes ${fixes}`
    return { partId: id, reason }
  })
}

/**
 * Of the parts proposed, those to keep at first, so that no category loses its last good example: of
 * each such category the one that does best, of equal ones the first.
 */
export function chooseKept(
  parts: readonly Pick<EffectPart, 'id' | 'examples' | 'result'>[],
  proposed: readonly string[],
): string[] {
  const off = parts.filter(({ id }) => proposed.includes(id))
  const bared = listBared(
    parts.flatMap(({ examples }) => examples),
    new Set(off.flatMap(({ examples }) => examples.map(({ id }) => id))),
  )
  const worth = ({ result }: Pick<EffectPart, 'result'>) =>
    result ? result.fixes - result.breaks : 0
  return bared.flatMap((label) => {
    const own = off.filter(({ examples }) =>
      examples.some((example) => example.kind === 'good' && example.label === label),
    )
    return [...own].sort((a, b) => worth(b) - worth(a))[0]?.id ?? []
  })
}

/** Names of categories that would be left without a good example, though they have one now. */
export function listBared(
  examples: readonly { id: string; kind: 'good' | 'bad'; label: string }[],
  switchedOff: ReadonlySet<string>,
): string[] {
  const good = examples.filter(({ kind }) => kind === 'good')
  const left = new Set(good.filter(({ id }) => !switchedOff.has(id)).map(({ label }) => label))
  return [...new Set(good.map(({ label }) => label))].filter((label) => !left.has(label))
}

/** Why a run failed, with what to do here. */
export const explainFailure = (message: string): string =>
  message
    .replace(/^Paused: /, '')
    .replaceAll('Start a new run', 'Look again')
    .replaceAll('start a new run', 'look again')

const PART_NAMES: Record<EffectUnit, [string, string]> = {
  example: ['example', 'examples'],
  category: ['group of examples', 'groups of examples'],
}

export const nameParts = (n: number, unit: EffectUnit): string =>
  `${n} ${PART_NAMES[unit][n === 1 ? 0 : 1]}`

/** What a study says so far, first in a line and then with what it rests on. */
export function describeStudy(study: Pick<EffectStudyView, 'unit' | 'whole' | 'parts' | 'cases'>): {
  headline: string
  sentence: string
} {
  const results = study.parts.flatMap(({ result }) => result ?? [])
  const countOf = (verdict: EffectVerdict) =>
    results.filter((result) => result.verdict === verdict).length
  const [helps, hurts, nothing] = [countOf('helps'), countOf('hurts'), countOf('changes nothing')]
  const found = [
    ...(helps > 0 ? [`${nameParts(helps, study.unit)} ${helps === 1 ? 'helps' : 'help'}`] : []),
    ...(hurts > 0 ? [`${nameParts(hurts, study.unit)} ${hurts === 1 ? 'hurts' : 'hurt'}`] : []),
  ]
  const headline =
    results.length === 0
      ? 'Nothing measured yet'
      : found.length > 0
        ? found.join(', ')
        : nothing === results.length
          ? 'None of them changes a single answer'
          : 'No effect that could not be chance'
  const { right, n } = study.whole
  const share = n === 0 ? '' : `, ${((right / n) * 100).toFixed(1)} % right with all of them`
  return {
    headline,
    sentence: `It rests on ${n} labelled cases of dev${share}. A difference of one or two cases is chance: two identical runs of a model differ as much. “Helps” and “hurts” are said only where mid-p, corrected for looking at ${nameParts(results.length, study.unit)}, is below .05.`,
  }
}

/** "fixes 3, breaks 1, 120 tokens", for beside an example. */
export function describeEffect(
  { examples, result, tokens }: Pick<EffectPart, 'examples' | 'result' | 'tokens'>,
  isCurrent: boolean,
): string {
  if (!result) return ''
  const others = examples.length - 1
  const together = others > 0 ? ` with ${others} ${others === 1 ? 'other' : 'others'}` : ''
  const before = isCurrent ? '' : ', before the last changes'
  return `fixes ${result.fixes}, breaks ${result.breaks}, ${tokens} tokens${together}${before}`
}

import type { ConfusionPair } from '@/lib/versions/corrections/schema'

/** The name of a category, or `none` where there is none. */
export type NameOf = (id: string | null, none: string) => string

type Pair = Pick<ConfusionPair, 'kind' | 'suggestedId' | 'rightId'>

export const isSamePair = (a: Pair, b: Pair) =>
  a.kind === b.kind && a.suggestedId === b.suggestedId && a.rightId === b.rightId

/** What the arrow of a pair leads to. */
export function nameRight({ kind, suggestedId, rightId }: Pair, nameOf: NameOf): string {
  if (kind === 'reason') return 'right, wrong reason'
  if (rightId !== null && rightId === suggestedId) return 'right after all'
  return nameOf(rightId, 'not known yet')
}

export function namePair(pair: Pair, nameOf: NameOf): string {
  const suggested = nameOf(pair.suggestedId, 'No valid label')
  if (pair.kind === 'reason') return `${suggested}: right label, wrong reason`
  return `${suggested} → ${nameRight(pair, nameOf)}`
}

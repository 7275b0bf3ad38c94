/** A settled label with what people had said before. Ids of categories. */
export type SettledPair = { labelId: string; secondLabelId: string | null; among: string[] }

/**
 * Whether a settled case is about the choice that a close call is about: all labels that the person
 * named (two, or one where no second choice was made) were in question there.
 */
export function isAboutSameChoice(
  settled: SettledPair,
  said: { labelId: string | null; secondLabelId: string | null },
): boolean {
  const inQuestion = [settled.labelId, settled.secondLabelId, ...settled.among]
  const named = [said.labelId, said.secondLabelId].filter((id) => id !== null)
  return named.length > 0 && named.every((id) => inQuestion.includes(id))
}

/** Share of the words of both texts that they have in common (Jaccard index), 0..1. */
export function shareOfWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  const common = [...small].filter((word) => large.has(word)).length
  const all = a.size + b.size - common
  return all === 0 ? 0 : common / all
}

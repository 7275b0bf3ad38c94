import type { ExampleView, VersionCategory } from '../../schema'

export type GoneCategory = {
  id: string
  name: string
  /** Removed in the settings; else only left out of this draft. */
  isRemoved: boolean
  /** Still among the categories of the draft. */
  isListed: boolean
  /** The examples in use that have it as right or wrong label. */
  exampleIds: string[]
}

/** Categories that a draft names though they can't be used: removed from the project, or labels of examples only. */
export function listGone(
  { categories, examples }: { categories: VersionCategory[]; examples: ExampleView[] },
  inProject: readonly { id: string; name: string }[],
): GoneCategory[] {
  const names = new Map([
    ...inProject.map(({ id, name }) => [id, name] as const),
    ...categories.map(({ categoryId, name }) => [categoryId, name] as const),
  ])
  const known = new Set(inProject.map(({ id }) => id))
  const listed = new Set(categories.map(({ categoryId }) => categoryId))
  const used = new Map<string, string[]>()
  for (const { id, enabled, labelId, wrongLabelId } of examples) {
    if (!enabled) continue
    for (const label of [labelId, wrongLabelId]) {
      if (label !== null) used.set(label, [...(used.get(label) ?? []), id])
    }
  }
  return [...new Set([...listed, ...used.keys()])]
    .filter((id) => !known.has(id) || !listed.has(id))
    .map((id) => ({
      id,
      name: names.get(id) ?? 'A category',
      isRemoved: !known.has(id),
      isListed: listed.has(id),
      exampleIds: used.get(id) ?? [],
    }))
}

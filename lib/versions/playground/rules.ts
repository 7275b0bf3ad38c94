import type { TrySide } from './schema'

/** What the two said, in a sentence; null while there are not two answers. */
export function compareSides(sides: readonly TrySide[]): string | null {
  const [before, after] = sides.map(({ answer }) => answer)
  if (!before || !after) return null
  if (before.label === null && after.label === null) return 'Neither gave a valid label.'
  if (before.label === after.label) return `Both say ${before.label}.`
  if (before.label === null) return `Only the newer one gave a valid label: ${after.label}.`
  if (after.label === null) return `Only the older one gave a valid label: ${before.label}.`
  return `They differ: from ${before.label} to ${after.label}.`
}

/** What a label of a file can mean. */
export type LabelCategory = { id: string; key: string; name: string }

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')

/** Finds categories by name or key, without regard to case and to how words are joined. */
export function labelMatcher(categories: readonly LabelCategory[]): (raw: string) => string | null {
  const ids = new Map<string, string>()
  for (const { id, key } of categories) ids.set(fold(key), id)
  // A name comes before a key of the same spelling.
  for (const { id, name } of categories) ids.set(fold(name), id)
  return (raw) => ids.get(fold(raw)) ?? null
}

/** The text of a label cell; null where the row has none. */
export function readLabelText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  return value.trim() === '' ? null : value.trim()
}

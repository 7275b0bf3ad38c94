/** Whom an item stands behind once it has moved by one place among `ids`; null: nobody. */
export function neighbourFor(ids: readonly string[], id: string, by: -1 | 1): string | null {
  const others = ids.filter((one) => one !== id)
  return others[ids.indexOf(id) + by - 1] ?? null
}

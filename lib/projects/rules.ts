/** "Support root causes!" → "support-root-causes"; empty when nothing usable is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}

/** The first of `wanted`, `wanted-2`, `wanted-3`, … that is not taken. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) {
    const candidate = `${wanted}-${n}`
    if (!taken.has(candidate)) return candidate
  }
}

/** Stable keys for categories, in order; two names that read alike get different keys. */
export function categoryKeys(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const key = freeName(slugOf(name) || 'category', taken)
    taken.add(key)
    return key
  })
}

/**
 * Categories from a pasted list or from columns of a spreadsheet: one a line, its description after a
 * tab. Empty lines are left out.
 */
export function readCategoryLines(text: string): { name: string; description: string }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .map(([name = '', ...rest]) => ({ name, description: rest.filter(Boolean).join(' ') }))
    .filter(({ name }) => name !== '')
}

/** Addresses below /projects that are pages, not projects. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(['new'])

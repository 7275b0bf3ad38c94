import { db } from '@/lib/platform/database'

/**
 * How much each set of identical runs differs: over each two of a set, the cases that both labelled and
 * those of them that got another label. In the order of `sets`; null for fewer than two runs.
 */
export async function countFlipsWithin(
  sets: readonly (readonly string[])[],
): Promise<({ n: number; flipped: number } | null)[]> {
  const several = sets.filter((ids) => ids.length > 1)
  if (several.length === 0) return sets.map(() => null)
  const rows = await db.$queryRaw<{ a: string; n: number; flipped: number }[]>`
    SELECT p.first AS a, count(*)::int AS n, (count(*) FILTER (
      WHERE label_now(a."labelId") IS DISTINCT FROM label_now(b."labelId")))::int AS flipped
    FROM unnest(${several.flatMap((ids) => pairsOf(ids).map(([first]) => first))}::uuid[],
      ${several.flatMap((ids) => pairsOf(ids).map(([, second]) => second))}::uuid[]) AS p(first, second)
    JOIN "Suggestion" a ON a."runId" = p.first
    JOIN "Suggestion" b ON b."runId" = p.second AND b."caseId" = a."caseId"
    GROUP BY 1`
  return sets.map((ids) => {
    if (ids.length < 2) return null
    const own = rows.filter(({ a }) => ids.includes(a))
    const sum = (of: (row: { n: number; flipped: number }) => number) =>
      own.reduce((total, row) => total + of(row), 0)
    return { n: sum(({ n }) => n), flipped: sum(({ flipped }) => flipped) }
  })
}

const pairsOf = (ids: readonly string[]): [string, string][] =>
  ids.flatMap((first, at) => ids.slice(at + 1).map((second): [string, string] => [first, second]))

import type pg from 'pg'
import { bandsOf, isNear, type Shingles, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import type { CaseContent, Pool } from '@/lib/cases/schema'
import { pool } from '@/lib/platform/database'

/** A crowded bucket (many cases with the same boilerplate) is read this far. */
const MAX_BUCKET = 1_000
/** Of the cases that share bands with a newcomer, those that share the most are compared with it. */
const MAX_NEIGHBOURS = 40

/** A case that is pooled already and may be a near-duplicate. */
export type Neighbour = { caseId: string; clusterId: string; pool: Pool; shingles: Shingles }

/** For each newcomer (by its index in `bands`) the pooled cases most like it, likeliest first. */
export async function listNeighbours(
  client: pg.PoolClient,
  projectId: string,
  bands: readonly (readonly bigint[])[],
): Promise<Neighbour[][]> {
  const { rows } = await client.query<{ newcomer: number; caseId: string }>(
    `SELECT newcomer, "caseId" FROM (
      SELECT newcomer, "caseId",
        row_number() OVER (PARTITION BY newcomer ORDER BY count(*) DESC, "caseId") AS place
      FROM unnest($2::int[], $3::bigint[]) AS wanted(newcomer, hash)
      CROSS JOIN LATERAL (
        SELECT b."caseId" FROM "CaseBand" b
        WHERE b."projectId" = $1 AND b.hash = wanted.hash LIMIT ${MAX_BUCKET}
      ) bucket
      GROUP BY newcomer, "caseId"
    ) ranked WHERE place <= ${MAX_NEIGHBOURS} ORDER BY newcomer, place`,
    [
      projectId,
      bands.flatMap((hashes, index) => hashes.map(() => index)),
      bands.flatMap((hashes) => hashes.map(String)),
    ],
  )
  const known = await readNeighbours(client, [...new Set(rows.map(({ caseId }) => caseId))])
  const lists: Neighbour[][] = bands.map(() => [])
  for (const { newcomer, caseId } of rows) {
    const neighbour = known.get(caseId)
    if (neighbour) lists[newcomer]?.push(neighbour)
  }
  return lists
}

/** The pooled cases of a project, of every pool, that say nearly the same as a text. */
export async function listNearCases(projectId: string, content: CaseContent): Promise<Neighbour[]> {
  const shingles = shinglesOf(content)
  const client = await pool.connect()
  try {
    const [near = []] = await listNeighbours(client, projectId, [bandsOf(shingles)])
    return near.filter((neighbour) => isNear(shingles, neighbour.shingles))
  } finally {
    client.release()
  }
}

type NeighbourRow = CaseContent & { id: string; clusterId: string; pool: Pool }

async function readNeighbours(
  client: pg.PoolClient,
  ids: readonly string[],
): Promise<Map<string, Neighbour>> {
  const found = new Map<string, Neighbour>()
  // In small lots: texts can be long, and only their shingles are kept.
  for (let at = 0; at < ids.length; at += 200) {
    const { rows } = await client.query<NeighbourRow>(
      `SELECT id, "clusterId", pool, subject, messages FROM "Case"
      WHERE id = ANY($1) AND "clusterId" IS NOT NULL AND pool IS NOT NULL`,
      [ids.slice(at, at + 200)],
    )
    for (const { id, clusterId, pool, ...content } of rows) {
      found.set(id, { caseId: id, clusterId, pool, shingles: shinglesOf(content) })
    }
  }
  return found
}

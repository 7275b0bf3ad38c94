import type pg from 'pg'
import type { Settled } from '@/lib/cases/pools/batches/rules'
import { bandsOf, type Shingles } from '@/lib/cases/pools/similarity/rules'
import type { Pool } from '@/lib/cases/schema'
import { shinglesOfExample } from '@/lib/versions/leaks/rules'

type Form = { text: string; shingles: Shingles }

/**
 * The examples of a project's versions as members of their cases' clusters. People shorten and edit
 * the text of an example, so it can be near a newcomer that its own case is not near.
 */
export type ExampleTexts = {
  /** For each newcomer (by its index in `bands`) the examples that may be near it, as they stand now. */
  listNear(client: pg.PoolClient, bands: readonly (readonly bigint[])[]): Promise<Settled[][]>
}

/** Remembers from batch to batch what texts are compared by, and the frozen versions, which never change. */
export function trackExampleTexts(projectId: string): ExampleTexts {
  const byBand = new Map<bigint, Form[]>()
  const seen = new Set<string>()
  const frozen = new Set<string>()
  const casesOfFrozen = new Map<string, Set<string>>()

  function remember(text: string): void {
    if (seen.has(text)) return
    seen.add(text)
    for (const shingles of shinglesOfExample(text)) {
      for (const band of bandsOf(shingles)) {
        byBand.set(band, [...(byBand.get(band) ?? []), { text, shingles }])
      }
    }
  }

  /** Which cases each text of a draft stands for. Put-away drafts count: their figures stay in view. */
  async function readDrafts(client: pg.PoolClient): Promise<Map<string, Set<string>>> {
    const { rows } = await client.query<ExampleRow>(
      `SELECT v.id AS "versionId", v.number IS NOT NULL AS frozen, e."caseId", e.text
      FROM "Version" v JOIN "Example" e ON e."versionId" = v.id
      WHERE v."projectId" = $1 AND v.id <> ALL($2::uuid[])`,
      [projectId, [...frozen]],
    )
    const casesOfDrafts = new Map<string, Set<string>>()
    for (const row of rows) {
      if (row.frozen) frozen.add(row.versionId)
      const casesOf = row.frozen ? casesOfFrozen : casesOfDrafts
      casesOf.set(row.text, (casesOf.get(row.text) ?? new Set()).add(row.caseId))
      remember(row.text)
    }
    return casesOfDrafts
  }

  return {
    async listNear(client, bands) {
      const casesOfDrafts = await readDrafts(client)
      const casesOf = (text: string) => [
        ...(casesOfFrozen.get(text) ?? []),
        ...(casesOfDrafts.get(text) ?? []),
      ]
      const found = bands.map((hashes) => [
        ...new Set(hashes.flatMap((hash) => byBand.get(hash) ?? [])),
      ])
      const caseIds = found.flat().flatMap(({ text }) => casesOf(text))
      const clusters = await readClusters(client, [...new Set(caseIds)])
      return found.map((forms) =>
        forms.flatMap(({ text, shingles }) =>
          casesOf(text).flatMap((caseId) => {
            const cluster = clusters.get(caseId)
            return cluster ? [{ ...cluster, shingles }] : []
          }),
        ),
      )
    },
  }
}

type ExampleRow = { versionId: string; frozen: boolean; caseId: string; text: string }
type ClusterOfCase = { clusterId: string; pool: Pool }

async function readClusters(
  client: pg.PoolClient,
  caseIds: readonly string[],
): Promise<Map<string, ClusterOfCase>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await client.query<ClusterOfCase & { id: string }>(
    `SELECT id, "clusterId", pool FROM "Case"
    WHERE id = ANY($1) AND "clusterId" IS NOT NULL AND pool IS NOT NULL`,
    [caseIds],
  )
  return new Map(rows.map(({ id, ...cluster }) => [id, cluster]))
}

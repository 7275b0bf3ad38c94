import type pg from 'pg'
import type { BatchPlan } from './batches/rules'

/** Writes what was decided for a batch, in the caller's transaction, under the project's lock. */
export async function writeBatch(
  client: pg.PoolClient,
  projectId: string,
  plan: BatchPlan,
): Promise<void> {
  const { newClusters, merges, placed, quarantined } = plan
  await client.query(
    `INSERT INTO "Cluster" (id, "projectId", pool)
    SELECT n.id, $1, n.pool FROM unnest($2::uuid[], $3::"Pool"[]) AS n(id, pool)`,
    [projectId, newClusters.map(({ id }) => id), newClusters.map(({ pool }) => pool)],
  )
  if (merges.length > 0) {
    const sides = [merges.map(({ from }) => from), merges.map(({ to }) => to)]
    // In the order in which labels and suggestions lock their cases, or two would wait for each other.
    await client.query(
      'SELECT 1 FROM "Case" WHERE "clusterId" = ANY($1) ORDER BY id FOR NO KEY UPDATE',
      [sides[0]],
    )
    await client.query(
      `UPDATE "Case" c SET "clusterId" = m.to FROM unnest($1::uuid[], $2::uuid[]) AS m("from", "to")
      WHERE c."clusterId" = m.from`,
      sides,
    )
    await client.query('DELETE FROM "Cluster" WHERE id = ANY($1)', [sides[0]])
  }
  await client.query(
    `UPDATE "Case" c SET "clusterId" = p."clusterId", pool = p.pool
    FROM unnest($1::uuid[], $2::uuid[], $3::"Pool"[]) AS p(id, "clusterId", pool)
    WHERE c.id = p.id`,
    [
      placed.map(({ caseId }) => caseId),
      placed.map(({ clusterId }) => clusterId),
      placed.map(({ pool }) => pool),
    ],
  )
  await client.query('UPDATE "Case" SET "quarantinedAt" = now() WHERE id = ANY($1)', [quarantined])
  await client.query(
    `INSERT INTO "CaseBand" ("projectId", hash, "caseId")
    SELECT $1, b.hash, b.id FROM unnest($2::bigint[], $3::uuid[]) AS b(hash, id)
    ON CONFLICT DO NOTHING`,
    [
      projectId,
      placed.flatMap(({ bands }) => bands.map(String)),
      placed.flatMap(({ caseId, bands }) => bands.map(() => caseId)),
    ],
  )
  await settleLabels(
    client,
    placed.map(({ caseId }) => caseId),
  )
  await countPooled(client, [...placed.map(({ caseId }) => caseId), ...quarantined])
}

/**
 * A label that came with the file becomes the final label where its use allows it in this pool, and
 * is forgotten elsewhere: the example pool's truth comes from people. So is one whose category was split
 * or removed while it waited.
 */
async function settleLabels(client: pg.PoolClient, caseIds: readonly string[]): Promise<void> {
  await client.query(
    `WITH settled AS (
      DELETE FROM "PendingLabel" p USING "Case" c
      WHERE c.id = p."caseId" AND p."caseId" = ANY($1)
      RETURNING p.*, c.pool
    )
    INSERT INTO "FinalLabel" ("caseId", "projectId", "labelId", "secondLabelId", source, selection, mode)
    SELECT "caseId", "projectId", "categoryId", "secondCategoryId", 'imported', 'random', 'blind'
    FROM settled WHERE label_now("categoryId") IS NOT NULL AND (use = 'all' OR (use = 'dev_and_test' AND pool <> 'example'))
    ORDER BY "caseId"
    ON CONFLICT ("caseId") DO NOTHING`,
    [caseIds],
  )
}

async function countPooled(client: pg.PoolClient, caseIds: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE "Import" i SET pooled = i.pooled + n.pooled, quarantined = i.quarantined + n.quarantined
    FROM (
      SELECT "importId", count(pool)::int AS pooled, count("quarantinedAt")::int AS quarantined
      FROM "Case" WHERE id = ANY($1) GROUP BY 1
    ) n WHERE n."importId" = i.id`,
    [caseIds],
  )
}

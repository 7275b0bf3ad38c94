import { db } from '../database'

/** Cases that wait to be reviewed blind, `wanted` times each, written by one statement for each table. */
export async function fillQueue(
  project: { id: string },
  { cases, wanted = 1 }: { cases: number; wanted?: number },
): Promise<void> {
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: wanted } })
  await db.$executeRaw`
    WITH clusters AS (
      INSERT INTO "Cluster" (id, "projectId", pool)
      SELECT gen_random_uuid(), ${project.id}::uuid, 'dev' FROM generate_series(1, ${cases}::int)
      RETURNING id
    ), cases AS (
      INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, metadata, "textHash",
        characters, pool, "clusterId", rank)
      SELECT gen_random_uuid(), ${project.id}::uuid, 'Q-' || id, 'A case', '[]', '{}',
        sha256(id::text::bytea), 6, 'dev', id, random()
      FROM clusters
      RETURNING id, rank
    )
    INSERT INTO "Assignment" (id, "projectId", "caseId", slot, mode, frame, rank, place)
    SELECT gen_random_uuid(), ${project.id}::uuid, c.id, slot, 'blind', 'dev', c.rank, c.rank
    FROM cases c CROSS JOIN generate_series(1, ${wanted}::int) AS slot`
}

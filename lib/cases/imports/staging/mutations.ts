import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { STAGED_COLUMNS } from './rules'

/** Makes the staging table: of this session, gone at the end of the transaction, never in the log. */
export async function createStage(client: pg.PoolClient): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE staged (
      row int, line int, id uuid, "externalId" text, subject text, messages jsonb, metadata jsonb,
      link text, "occurredAt" timestamptz, "textHash" bytea, characters int, rank float8,
      "labelId" uuid, "secondLabelId" uuid
    ) ON COMMIT DROP`)
}

export type CopyStream = { write(lines: string): Promise<void>; end(): Promise<void> }

/** COPY into the staging table; `write` waits while the database is busy, so memory stays flat. */
export function copyToStage(client: pg.PoolClient): CopyStream {
  const stream = client.query(copyFrom(`COPY staged (${STAGED_COLUMNS}) FROM STDIN`))
  const done = finished(stream)
  // Whoever writes or ends meets the error; until then it must not count as unhandled.
  done.catch(() => undefined)
  return {
    async write(lines) {
      if (!stream.write(lines)) await Promise.race([once(stream, 'drain'), done])
    },
    async end() {
      stream.end()
      await done
    },
  }
}

/** A row whose external id stands on an earlier line with another text. */
export type StageProblem = { line: number; reason: string; excerpt: string }

/**
 * Decides what becomes of each staged row, into the table `fate`: 'duplicate', 'unchanged' or 'bad';
 * rows without a fate are new, or, where `known` has them, new revisions.
 */
export async function judgeStage(
  client: pg.PoolClient,
  projectId: string,
): Promise<StageProblem[]> {
  await client.query('ANALYZE staged')
  await client.query(`
    CREATE TEMP TABLE fate (row int, kind text, "firstLine" int) ON COMMIT DROP`)
  // The same external id twice in the file: the first counts.
  await client.query(`
    INSERT INTO fate
    SELECT s.row, CASE WHEN s."textHash" = f."textHash" THEN 'duplicate' ELSE 'bad' END, f.line
    FROM (
      SELECT "externalId", min(row) AS row FROM staged GROUP BY 1 HAVING count(*) > 1
    ) twice
    JOIN staged f ON f.row = twice.row
    JOIN staged s ON s."externalId" = twice."externalId" AND s.row > twice.row`)
  await client.query(
    `CREATE TEMP TABLE known ON COMMIT DROP AS
    SELECT s.row, c.id AS "caseId", c.revision, c."textHash" = s."textHash" AS same
    FROM staged s
    JOIN "Case" c ON c."externalId" = s."externalId" AND c."archivedAt" IS NULL
      AND c."projectId" = '${uuid(projectId)}'
    WHERE NOT EXISTS (SELECT 1 FROM fate WHERE fate.row = s.row)`,
  )
  await client.query(`INSERT INTO fate SELECT row, 'unchanged', NULL::int FROM known WHERE same`)
  await client.query(
    `WITH newcomer AS (
      SELECT s.row, s."textHash" FROM staged s
      WHERE NOT EXISTS (SELECT 1 FROM fate WHERE fate.row = s.row)
        AND NOT EXISTS (SELECT 1 FROM known WHERE known.row = s.row)
    ), twice AS (
      SELECT "textHash", min(row) AS row FROM newcomer GROUP BY 1 HAVING count(*) > 1
    )
    INSERT INTO fate
    SELECT n.row, 'duplicate', NULL::int FROM newcomer n JOIN twice t USING ("textHash")
    WHERE n.row > t.row
    UNION
    SELECT n.row, 'duplicate', NULL::int FROM newcomer n
    JOIN "Case" c ON c."projectId" = $1 AND c."textHash" = n."textHash" AND c."archivedAt" IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM known WHERE known."caseId" = c.id AND NOT known.same)
    UNION
    SELECT n.row, 'duplicate', NULL::int FROM newcomer n
    JOIN staged s USING ("textHash") JOIN known k ON k.row = s.row AND NOT k.same`,
    [projectId],
  )
  await client.query('ANALYZE fate')
  const { rows } = await client.query<StageProblem>(`
    SELECT s.line, left(s."externalId" || ' ' || s.subject, 200) AS excerpt,
      'The external id stands on line ' || f."firstLine" || ' already, with another text.' AS reason
    FROM fate f JOIN staged s USING (row) WHERE f.kind = 'bad' ORDER BY s.row`)
  return rows
}

export type Merged = { added: number; revised: number; unchanged: number; duplicates: number }

/** Writes what was judged into the cases. The caller holds the project's lock. */
export async function mergeStage(
  client: pg.PoolClient,
  input: { importId: string; projectId: string; labelUse: string },
): Promise<Merged> {
  await archiveFormer(client)
  const inserted = await client.query(
    `INSERT INTO "Case" (id, "projectId", "externalId", revision, subject, messages, metadata, link,
      "occurredAt", "textHash", characters, rank, "importId")
    SELECT s.id, $1, s."externalId", COALESCE(k.revision + 1, 1), s.subject, s.messages, s.metadata,
      s.link, s."occurredAt", s."textHash", s.characters, s.rank, $2
    FROM staged s
    LEFT JOIN known k ON k.row = s.row
    WHERE NOT EXISTS (SELECT 1 FROM fate WHERE fate.row = s.row)`,
    [input.projectId, input.importId],
  )
  if (input.labelUse !== 'none') {
    await client.query(
      `INSERT INTO "PendingLabel" ("caseId", "projectId", "categoryId", "secondCategoryId", use)
      SELECT s.id, $1, s."labelId", s."secondLabelId", $2::"LabelUse" FROM staged s
      WHERE s."labelId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.row = s.row)`,
      [input.projectId, input.labelUse],
    )
  }
  const { rows } = await client.query<{ revised: number; unchanged: number; duplicates: number }>(`
    SELECT (SELECT count(*)::int FROM known WHERE NOT same) AS revised,
      (SELECT count(*)::int FROM fate WHERE kind = 'unchanged') AS unchanged,
      (SELECT count(*)::int FROM fate WHERE kind = 'duplicate') AS duplicates`)
  const { revised = 0, unchanged = 0, duplicates = 0 } = rows[0] ?? {}
  return { added: (inserted.rowCount ?? 0) - revised, revised, unchanged, duplicates }
}

/** A changed text archives the former revision, with its labels; nobody is asked about it any more. */
async function archiveFormer(client: pg.PoolClient): Promise<void> {
  const former = 'SELECT "caseId" FROM known WHERE NOT same'
  // In the order in which labels and suggestions lock their cases, or two would wait for each other.
  await client.query(`SELECT 1 FROM "Case" WHERE id IN (${former}) ORDER BY id FOR NO KEY UPDATE`)
  await client.query(`UPDATE "Case" SET "archivedAt" = now() WHERE id IN (${former})`)
  await client.query(
    `UPDATE "Assignment" SET status = 'withdrawn', "leaseUntil" = NULL
    WHERE status = 'open' AND "caseId" IN (${former})`,
  )
  await client.query(`DELETE FROM "PendingLabel" WHERE "caseId" IN (${former})`)
}

/** CREATE TABLE AS takes no parameters; an id that is none must not get into its text. */
function uuid(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('Not an id')
  return id
}

import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import { countOlderLabels } from '../definitions/data'
import { concernedCases } from './concerned/data'
import { describeChange, followChanges, followUndone, readableName, stateOf } from './rules'
import type { CategoryChangeView, CategoryEffect, CategoryHistory, CategoryUse } from './schema'

/** How much each category of today is used, in the project's order. */
export async function listCategoryUse({ projectId }: Member): Promise<CategoryUse[]> {
  const [rows, older] = await Promise.all([
    db.$queryRaw<{ id: string; labels: number }[]>`
      SELECT c.id, (
        SELECT count(*)::int FROM "FinalLabel" f JOIN "Case" e ON e.id = f."caseId"
        WHERE f."projectId" = c."projectId" AND f."labelId" = c.id AND e."archivedAt" IS NULL
      ) AS labels
      FROM "Category" c
      WHERE c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
      ORDER BY c.position`,
    countOlderLabels(projectId),
  ])
  return rows.map((row) => ({ ...row, older: older.get(row.id) ?? 0 }))
}

/** Ids of the categories whose labels count as this one today; null: as no valid label. */
export async function listCountedAs(projectId: string, id: string | null): Promise<string[]> {
  const rows = await db.category.findMany({
    where: { projectId, archivedAt: { not: null }, mergedIntoId: id },
    select: { id: true },
  })
  const merged = rows.map((row) => row.id)
  return id === null ? merged : [id, ...merged]
}

/** Whether cases are still being brought up to date after a change of the categories. */
export async function isSettling(projectId: string, database: Database = db): Promise<boolean> {
  return (await database.categoryChange.count({ where: { projectId, finishedAt: null } })) > 0
}

/** Answers from which the pace of a project is told: the newest ones. */
const PACE_OF = 500

/** What a change of these categories would touch: numbers only. Throws `conflict` for former ones. */
export async function getCategoryEffect(
  { projectId }: Member,
  { of: ids }: { of: readonly string[] },
): Promise<CategoryEffect> {
  const current = await db.category.count({
    where: { projectId, id: { in: [...ids] }, archivedAt: null },
  })
  if (current < new Set(ids).size) {
    throw conflict('These categories have changed meanwhile. Reload the page.')
  }
  const [row] = await db.$queryRaw<CategoryEffect[]>`
    WITH concerned AS MATERIALIZED (${concernedCases(projectId, ids)}), pace AS (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM (
        SELECT v.seconds FROM "Review" v
        WHERE v."projectId" = ${projectId}::uuid AND v.seconds IS NOT NULL
        ORDER BY v."createdAt" DESC LIMIT ${PACE_OF}
      ) newest
    )
    SELECT count(*)::int AS cases, count(f."caseId")::int AS labels,
      (count(*) FILTER (WHERE f.source = 'settled'))::int AS settled,
      (count(*) FILTER (WHERE f.source = 'imported'))::int AS imported,
      count(d."caseId")::int AS disputes, count(k."caseId")::int AS checks,
      (SELECT count(*)::int FROM "FinalLabel" s JOIN "Case" e ON e.id = s."caseId"
        WHERE s."projectId" = ${projectId}::uuid AND s."secondLabelId" = ANY(${[...ids]}::uuid[])
          AND s."labelId" <> ALL(${[...ids]}::uuid[]) AND e."archivedAt" IS NULL) AS seconds,
      (SELECT count(*)::int FROM "Example" x JOIN "Version" v ON v.id = x."versionId"
        WHERE v."projectId" = ${projectId}::uuid AND v.number IS NULL AND v."archivedAt" IS NULL
          AND x."labelId" = ANY(${[...ids]}::uuid[])) AS examples,
      count(*) * (SELECT p."reviewsWanted" FROM "Project" p WHERE p.id = ${projectId}::uuid)
        * (SELECT seconds FROM pace) AS effort,
      (SELECT v.number FROM "Version" v JOIN "VersionCategory" w ON w."versionId" = v.id
        WHERE v.id = version_in_force(${projectId}::uuid) AND w."categoryId" = ANY(${[...ids]}::uuid[])
        LIMIT 1) AS "inForce"
    FROM concerned
    LEFT JOIN "FinalLabel" f ON f."caseId" = concerned."caseId"
    LEFT JOIN "Dispute" d ON d."caseId" = concerned."caseId"
    LEFT JOIN "CheckCase" k ON k."caseId" = concerned."caseId"`
  if (!row) throw new Error('an aggregate gives a row')
  return row
}

const LISTED = 20

/** The newest changes first, with how far their cases have come. */
export async function getCategoryHistory({ projectId }: Member): Promise<CategoryHistory> {
  const rows = await db.categoryChange.findMany({
    where: { projectId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: LISTED,
  })
  const edits = await listEdits(projectId)
  const people = await namePeople([
    ...rows.map(({ byId }) => byId),
    ...edits.map(({ actorId }) => actorId),
  ])
  const newest = rows.find(({ undoneAt }) => undoneAt === null)
  const changes = rows.map(
    (row): CategoryChangeView => ({
      id: row.id,
      sentence: describeChange(row),
      by: people.get(row.byId ?? '') ?? null,
      at: row.at.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      state: stateOf(row),
      recalled: row.recalled,
      carried: row.carried,
      done: row.done,
      undoable: row === newest && (row.recalled === 0 || row.startedAt === null),
    }),
  )
  const edited = edits.map(({ id, actorId, at, sentence }): CategoryChangeView => {
    const by = people.get(actorId ?? '') ?? null
    return { ...NO_CASES, id, sentence, by, at: at.toISOString() }
  })
  return {
    changes: [...changes, ...edited].sort((a, b) => b.at.localeCompare(a.at)).slice(0, LISTED),
    outdated: await findOutdated(projectId),
  }
}

const NO_CASES = {
  ...({ state: 'done', startedAt: null, undoable: false } as const),
  ...{ recalled: 0, carried: 0, done: 0 },
}

/** What was saved in the list of categories itself, by what the audit says of it. */
async function listEdits(projectId: string) {
  return db.$queryRaw<{ id: string; actorId: string | null; at: Date; sentence: string }[]>`
    SELECT id, "actorId", at, detail->>'what' AS sentence FROM "AuditEvent"
    WHERE "projectId" = ${projectId}::uuid AND action = 'categories.changed' AND detail->>'what' <> ''
    ORDER BY at DESC LIMIT ${LISTED}`
}

/** Where the version in force has other categories than the project: what it knows, and what it does not. */
async function findOutdated(
  projectId: string,
  database: Database = db,
): Promise<CategoryHistory['outdated']> {
  const rows = await database.$queryRaw<
    { number: number; name: string; archivedAt: Date | null; known: boolean }[]
  >`
    SELECT v.number, coalesce(w.name, c.name) AS name, c."archivedAt", w."categoryId" IS NOT NULL AS known
    FROM "Version" v
    JOIN "Category" c ON c."projectId" = v."projectId"
    LEFT JOIN "VersionCategory" w ON w."versionId" = v.id AND w."categoryId" = c.id
    WHERE v.id = version_in_force(${projectId}::uuid)
      AND (c."archivedAt" IS NULL) <> (w."categoryId" IS NOT NULL)
      AND EXISTS (SELECT 1 FROM "VersionCategory" o WHERE o."versionId" = v.id)
    ORDER BY c.position`
  const [first] = rows
  if (!first) return null
  return {
    number: first.number,
    former: rows.filter(({ known }) => known).map(readableName),
    missing: rows.filter(({ known }) => !known).map(({ name }) => name),
  }
}

/** A category as a draft describes it. */
type Described = { categoryId: string; description: string }

/**
 * The categories of a version as a draft that starts from it today has them, in order: what was split or
 * merged `since` is followed, and so is a split that was undone since, with the project's words for what
 * the version does not know. With `labelNow`: what a label of an example is today, null for one that is none any more.
 */
export async function followCategories(
  projectId: string,
  { described, since }: { described: readonly Described[]; since: Date },
  database: Database,
): Promise<{ categories: Described[]; labelNow: (id: string) => string | null }> {
  const rows = await database.category.findMany({ where: { projectId } })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const known = described.map(({ categoryId }) => categoryId)
  const select = { kind: true, fromIds: true, intoIds: true } as const
  const splits = await database.categoryChange.findMany({
    where: { projectId, undoneAt: null, at: { gt: since }, kind: { in: ['split', 'merged'] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select,
  })
  const undone = await database.categoryChange.findMany({
    where: { projectId, undoneAt: { gt: since }, at: { lte: since }, kind: 'split' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select,
  })
  const current = new Set(rows.filter(({ archivedAt }) => !archivedAt).map(({ id }) => id))
  const ids = followChanges(followUndone(known, undone, current), splits, current)
  const words = new Map(described.map((one) => [one.categoryId, one.description]))
  return {
    categories: ids.map((categoryId) => ({
      categoryId,
      description: words.get(categoryId) ?? byId.get(categoryId)?.description ?? '',
    })),
    labelNow: (id) => {
      const row = byId.get(id)
      return row?.archivedAt ? row.mergedIntoId : id
    },
  }
}

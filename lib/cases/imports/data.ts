import { stringify } from 'csv-stringify/sync'
import type { Import, ImportProblem } from '@/generated/prisma/client'
import { neutralise } from '@/lib/datasets/cells/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import { type ImportDetail, type ImportView, importFormat, mapping } from './schema'

const LISTED = 100
const SHOWN_PROBLEMS = 50
const CSV_BATCH = 1_000

/** The newest imports of the project. */
export async function listImports({ projectId }: Member): Promise<ImportView[]> {
  const rows = await db.import.findMany({
    where: { projectId },
    orderBy: { createdAt: 'desc' },
    take: LISTED,
  })
  const names = await namePeople(rows.map(({ createdById }) => createdById))
  return rows.map((row) => toView(row, names))
}

/** One import with its first bad rows. */
export async function findImport({ projectId }: Member, id: string): Promise<ImportDetail | null> {
  const row = await db.import.findFirst({
    where: { id, projectId },
    include: { problems: { orderBy: { position: 'asc' }, take: SHOWN_PROBLEMS } },
  })
  if (!row) return null
  const { problems, ...imported } = row
  return {
    ...toView(imported, await namePeople([imported.createdById])),
    problems: problems.map(({ line, reason, excerpt }) => ({ line, reason, excerpt })),
  }
}

/** The same; throws `not_found`. */
export async function getImport(member: Member, id: string): Promise<ImportDetail> {
  const found = await findImport(member, id)
  if (!found) throw notFound('The import')
  return found
}

function toView(row: Import, names: ReadonlyMap<string, string>): ImportView {
  const waiting = row.status === 'done' && !row.pooledAt
  return {
    ...row,
    format: importFormat.parse(row.format),
    bytes: Number(row.bytes),
    bytesRead: Number(row.bytesRead),
    mapping: mapping.nullable().parse(row.mapping),
    waitingForPool: waiting ? row.added + row.revised - row.pooled - row.quarantined : 0,
    createdBy: row.createdById ? (names.get(row.createdById) ?? null) : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    pooledAt: row.pooledAt?.toISOString() ?? null,
  }
}

/** All bad rows as CSV, read and sent in batches. Throws `not_found`. */
export async function streamProblems(
  member: Member,
  id: string,
): Promise<ReadableStream<Uint8Array>> {
  await getImport(member, id)
  let position = -1
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('line,reason,row\r\n')),
    async pull(controller) {
      const rows: ImportProblem[] = await db.importProblem.findMany({
        where: { importId: id, position: { gt: position } },
        orderBy: { position: 'asc' },
        take: CSV_BATCH,
      })
      position = rows.at(-1)?.position ?? position
      if (rows.length === 0) controller.close()
      else controller.enqueue(encoder.encode(toCsv(rows)))
    },
  })
}

const toCsv = (rows: readonly ImportProblem[]) =>
  stringify(
    rows.map(({ line, reason, excerpt }) => [line, neutralise(reason), neutralise(excerpt)]),
    { record_delimiter: 'windows' },
  )

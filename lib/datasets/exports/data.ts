import { Prisma } from '@/generated/prisma/client'
import { NOTHING_REPLACED } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import { pool } from '@/lib/cases/schema'
import { mayExportTest } from '@/lib/datasets/policy'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { log } from '@/lib/platform/log'
import { readDefinitions } from '@/lib/projects/definitions/data'
import { hideRow } from '@/lib/runs/redaction/data'
import { listLikesOfExamples } from '@/lib/versions/leaks/data'
import { joinMessages, LABEL_WRITERS, type LabelFormat, type LabelRow } from './rules'

/** Rows in memory at once, whatever the size of the project. */
export const BATCH = 200

type Page = { rows: LabelRow[]; after: string | null }
type ReadPage = (member: Member, from: PageStart) => Promise<Page>
/**
 * `likeIds`: cases that are examples, or nearly the same as the text of one; `redaction`: what is replaced
 * in subject and text, by default nothing.
 */
type PageStart = {
  after: string | null
  limit: number
  likeIds: readonly string[]
  redaction?: RedactionSetting
}

/**
 * The final labels of current cases as a file, in the order of import, read page by page while it is
 * downloaded: no connection is held for a slow client, and every case comes at most once. A label
 * that changes meanwhile comes as it is when its page is read.
 */
export async function streamFinalLabels(
  member: Member,
  format: LabelFormat,
  readPage: ReadPage = listLabelRows,
  redaction: RedactionSetting = NOTHING_REPLACED,
): Promise<ReadableStream<Uint8Array>> {
  const pieces = writePieces(member, format, readPage, redaction)
  const encoder = new TextEncoder()
  // Before the answer begins, so that a database that is away still gives an error status.
  let ahead: IteratorResult<string> | null = await pieces.next()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = ahead ?? (await pieces.next())
          ahead = null
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (error) {
          // The status is sent already: only breaking off tells the client that rows are missing.
          log.error({ error }, 'export broke off')
          throw error
        }
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}

async function* writePieces(
  member: Member,
  format: LabelFormat,
  readPage: ReadPage,
  redaction: RedactionSetting,
): AsyncGenerator<string, void, void> {
  const { head, write } = LABEL_WRITERS[format]
  const likeIds = await listLikesOfExamples(db, member.projectId, { pools: pool.options })
  const from = { limit: BATCH, likeIds, redaction }
  let page = await readPage(member, { ...from, after: null })
  yield head + write(page.rows)
  while (page.after !== null) {
    page = await readPage(member, { ...from, after: page.after })
    if (page.rows.length > 0) yield write(page.rows)
  }
}

type Computed = 'text' | 'labelled_at' | 'definition' | 'definition_current' | 'personal_data'
type Row = Omit<LabelRow, Computed> & {
  caseId: string
  definitionId: string | null
  messages: unknown
  metadata: unknown
  labelled_at: Date
}

/** Final labels of current cases after the given case id; `after` is null behind the last ones. */
export async function listLabelRows(
  member: Member,
  { after, limit, likeIds, redaction = NOTHING_REPLACED }: PageStart,
): Promise<Page> {
  const locked = mayExportTest(member) ? Prisma.empty : Prisma.sql`AND c.pool <> 'test'`
  const from = after === null ? Prisma.empty : Prisma.sql`AND f."caseId" > ${after}::uuid`
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id AS "caseId", c."externalId" AS external_id, c.revision, c.subject, c.messages,
      c.metadata,
      l.name AS label, l.key AS label_key, m.name AS second_label, f."definitionId",
      f."secondLabelId" IS NOT NULL OR EXISTS (
        SELECT 1 FROM "Review" v
        WHERE v."caseId" = c.id AND v."closeCall" AND NOT v.undone
          AND v.purpose IN ('ordinary', 'second_opinion')
          AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)
      ) AS close_call,
      f.source, f.selection, f.bulk AS bulk_confirmed, c.pool,
      c.id = ANY(${likeIds}::uuid[]) OR COALESCE(c."clusterId" IN (
        SELECT o."clusterId" FROM "Case" o
        WHERE o.id = ANY(${likeIds}::uuid[]) AND o."clusterId" IS NOT NULL
      ), false) AS is_example,
      f.at AS labelled_at, c.link
    FROM "FinalLabel" f
    JOIN "Case" c ON c.id = f."caseId" AND c."archivedAt" IS NULL AND c.pool IS NOT NULL ${locked}
    JOIN "Category" l ON l.id = f."labelId"
    LEFT JOIN "Category" m ON m.id = f."secondLabelId"
    WHERE f."projectId" = ${member.projectId}::uuid ${from}
    ORDER BY f."caseId"
    LIMIT ${limit}`
  const definitions = await readDefinitions(rows.map(({ definitionId }) => definitionId))
  return {
    rows: rows.map(({ caseId: _, definitionId, messages, metadata, labelled_at, ...row }) => {
      const { content } = hideRow({ subject: row.subject, messages, metadata }, redaction)
      return {
        ...row,
        subject: content.subject,
        definition: definitions.get(definitionId ?? '')?.description ?? '',
        definition_current: definitions.get(definitionId ?? '')?.older === false,
        text: joinMessages(content.messages),
        labelled_at: labelled_at.toISOString(),
        personal_data: redaction.on ? 'replaced' : 'kept',
      }
    }),
    after: rows.length < limit ? null : (rows.at(-1)?.caseId ?? null),
  }
}

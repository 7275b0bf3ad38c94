import writeXlsxFile from 'write-excel-file/node'
import { answersInView } from '@/lib/accuracy/agreement/data'
import { type DevRun, findDevRuns } from '@/lib/accuracy/runs/data'
import { NOTHING_REPLACED, startHiding } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, conflict } from '@/lib/platform/errors'
import { findVersionByRef } from '@/lib/versions/data'
import { nameVersion } from '@/lib/versions/rules'
import {
  DEV_WORDS,
  IN_VIEW_WORDS,
  layOutSheet,
  MOST_WORKBOOK_ROWS,
  type WorkbookRow,
} from './rules'

const STAND_IN = 'Local stand-in, not a language model.'
const REPLACED = 'What was recognised of personal data is replaced.'

export type Workbook = { fileName: string; bytes: Buffer }

/**
 * A version's figures as a workbook that computes them itself: the dev cases of the run that speaks
 * for it, and the answers that people gave with its suggestions in view. Never a test case. Throws
 * not-found, conflict without a finished run on dev, too-large beyond `mostRows`. `redaction`: what is
 * replaced in subjects and notes.
 */
export async function makeWorkbook(
  member: Member,
  ref: string,
  mostRows: number = MOST_WORKBOOK_ROWS,
  redaction: RedactionSetting = NOTHING_REPLACED,
): Promise<Workbook> {
  const version = await findVersionByRef(member.projectId, ref)
  const name = nameVersion(version)
  const run = (await findDevRuns(member.projectId)).get(version.id)
  if (!run) {
    throw conflict(`There is no finished run of ${name} on dev yet. Run it, then come back.`)
  }
  const [dev, inView] = await Promise.all([
    listDevRows(run, mostRows),
    listInViewRows(member.projectId, run, mostRows),
  ])
  const mark = `${run.standIn ? ` ${STAND_IN}` : ''}${redaction.on ? ` ${REPLACED}` : ''}`
  const hide = (rows: KnownRow[]) => rows.map((row) => hideRow(row, redaction))
  const bytes = await writeXlsxFile([
    layOutSheet({
      name: 'Dev',
      title: `${name} on dev`,
      meaning: `Cases whose labels were given without seeing the model’s label.${mark}`,
      words: DEV_WORDS,
      rows: hide(dev),
    }),
    layOutSheet({
      name: 'Reviewed, suggestion in view',
      title: `${name}: agreement with suggestions in view`,
      meaning: `Not accuracy: people saw the model’s label before they gave theirs.${mark}`,
      words: IN_VIEW_WORDS,
      rows: hide(inView),
    }),
  ]).toBuffer()
  return { fileName: `${member.projectSlug}-${fileNameOf(version)}-workbook.xlsx`, bytes }
}

/** Drafts have no number: their id tells them apart. */
const fileNameOf = ({ id, number }: { id: string; number: number | null }): string =>
  number === null ? `draft-${id}` : `v${number}`

/** A row with what is known of its case: its metadata, and the names under which its messages were written. */
type KnownRow = WorkbookRow & { metadata: Record<string, string>; authors: string[] }

function hideRow(
  { metadata, authors, ...row }: KnownRow,
  redaction: RedactionSetting,
): WorkbookRow {
  const messages = authors.map((author) => ({
    ...{ author, role: 'customer' as const, time: null, text: '' },
  }))
  const its = { content: { subject: row.subject, messages }, metadata }
  const { hide } = startHiding(redaction, [its], [row.subject, row.notes])
  return { ...row, subject: hide(row.subject), notes: hide(row.notes) }
}

async function listDevRows(run: DevRun, mostRows: number): Promise<KnownRow[]> {
  const rows = await db.$queryRaw<KnownRow[]>`
    SELECT c."externalId", c.subject, c.metadata,
      jsonb_path_query_array(c.messages, '$[*].author') AS authors, p.name AS answer, l.name AS label, m.name AS "secondLabel",
      f."secondLabelId" IS NOT NULL OR coalesce(v."closeCall", false) AS "closeCall",
      coalesce(v.notes, '') AS notes
    FROM "Suggestion" s
    JOIN "Case" c ON c.id = s."caseId" AND c.pool = 'dev'
    JOIN "FinalLabel" f ON f."caseId" = c.id
    JOIN "Category" l ON l.id = f."labelId"
    LEFT JOIN "Category" m ON m.id = f."secondLabelId"
    LEFT JOIN "Category" p ON p.id = label_now(s."labelId")
    LEFT JOIN LATERAL (
      SELECT bool_or(w."closeCall") AS "closeCall",
        string_agg(w.note, E'\n' ORDER BY w.id) FILTER (WHERE w.note <> '') AS notes
      FROM "Review" w
      WHERE w."caseId" = c.id AND NOT w.undone AND w.purpose IN ('ordinary', 'second_opinion')
        AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = w.id)
    ) v ON true
    WHERE s."runId" = ${run.id}::uuid AND s.counts
    ORDER BY c.rank, c.id
    LIMIT ${mostRows + 1}`
  return checkSize(rows, mostRows)
}

async function listInViewRows(
  projectId: string,
  { versionId, standIn }: DevRun,
  mostRows: number,
): Promise<KnownRow[]> {
  const rows = await db.$queryRaw<KnownRow[]>`
    SELECT c."externalId", c.subject, c.metadata,
      jsonb_path_query_array(c.messages, '$[*].author') AS authors, answered.answer, l.name AS label, m.name AS "secondLabel",
      answered."closeCall", answered.note AS notes
    FROM (
      SELECT v.id, v."caseId", v."labelId", v."secondLabelId", v."closeCall", v.note,
        (SELECT name FROM "Category" WHERE id = label_now(s."labelId")) AS answer
      ${answersInView(projectId)}
        AND u."versionId" = ${versionId}::uuid AND r."standIn" = ${standIn}
    ) answered
    JOIN "Case" c ON c.id = answered."caseId" AND c.pool = 'example'
    LEFT JOIN "Category" l ON l.id = label_now(answered."labelId")
    LEFT JOIN "Category" m ON m.id = label_now(answered."secondLabelId")
    ORDER BY answered.id
    LIMIT ${mostRows + 1}`
  return checkSize(rows, mostRows)
}

function checkSize(rows: KnownRow[], mostRows: number): KnownRow[] {
  if (rows.length <= mostRows) return rows
  const most = mostRows.toLocaleString('en-US')
  throw new AppError(
    'too_large',
    `This would be more than ${most} rows, too many for a workbook. Download the final labels as CSV instead: that has no limit.`,
  )
}

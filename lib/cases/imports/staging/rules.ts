import type { NewCase } from '@/lib/cases/imports/normalising/rules'

/** The columns of the staging table, in the order in which `stagedLine` writes them. */
export const STAGED_COLUMNS =
  'row, line, id, "externalId", subject, messages, metadata, link, "occurredAt", "textHash", characters, rank, "labelId", "secondLabelId"'

export type StagedRow = NewCase & { row: number; line: number; id: string; rank: number }

/** One line of PostgreSQL's COPY text format. */
export function stagedLine(staged: StagedRow): string {
  const cells = [
    String(staged.row),
    String(staged.line),
    staged.id,
    escapeText(staged.externalId),
    escapeText(staged.subject),
    escapeJson(JSON.stringify(staged.messages)),
    escapeJson(JSON.stringify(staged.metadata)),
    staged.link === null ? '\\N' : escapeText(staged.link),
    staged.occurredAt ?? '\\N',
    `\\\\x${staged.textHash.toString('hex')}`,
    String(staged.characters),
    String(staged.rank),
    staged.labelId ?? '\\N',
    staged.secondLabelId ?? '\\N',
  ]
  return `${cells.join('\t')}\n`
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }

const escapeText = (text: string) =>
  text.replace(/[\\\n\t\r]/g, (character) => ESCAPES[character] ?? character)

/** JSON has no raw line breaks or tabs, only backslashes to double. */
const escapeJson = (json: string) => json.replaceAll('\\', '\\\\')

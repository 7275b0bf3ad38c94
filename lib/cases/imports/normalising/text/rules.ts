/** A row that can't become a case, and why. */
export class BadValue extends Error {}

/** An index of the database holds the external id, and has room for about 2,700 bytes. */
export const MAX_ID = 500

/** LF line ends, no NUL (PostgreSQL has no place for it), no half surrogate pairs. */
export function cleanText(text: string): string {
  let clean = text
  if (clean.includes('\r')) clean = clean.replace(/\r\n?/g, '\n')
  if (clean.includes('\u0000')) clean = clean.replaceAll('\u0000', '')
  return clean.isWellFormed() ? clean : clean.toWellFormed()
}

/** A cell as text: what is no text is written as JSON; nothing is ''. */
export function readCell(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

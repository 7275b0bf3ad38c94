/** A spreadsheet runs a cell that begins like a formula: an apostrophe makes it text (OWASP). */
export const neutraliseCell = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) ? `'${text}` : text

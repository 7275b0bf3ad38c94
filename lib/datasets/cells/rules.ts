/**
 * What a spreadsheet takes for a formula when it opens a text file (OWASP, CSV injection), signs of
 * full width among it. Spaces before the sign don't save anyone: some programs drop them.
 */
const FORMULA = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/

/** Makes text from cases and people harmless in a spreadsheet: a leading apostrophe keeps it text. */
export function neutralise(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** The most that a cell of a workbook holds. */
const LONGEST_CELL = 32_767

/** Text for a workbook's cell; what is too long ends with an ellipsis. */
export function toCellText(text: string): string {
  const safe = neutralise(text)
  return safe.length > LONGEST_CELL ? `${safe.slice(0, LONGEST_CELL - 1)}…` : safe
}

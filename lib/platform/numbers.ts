/** Thousands in groups of three: "1,000", "10,000.5". */
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

/** A number as somebody typed it, with or without separators of thousands; NaN where it is none, or nothing. */
export function readNumber(text: string): number {
  const trimmed = text.trim()
  if (trimmed === '') return Number.NaN
  return Number(GROUPED.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed)
}

/** A passage that decides is a few sentences; a note has at most 4,000 characters. */
const LONGEST_QUOTE = 1_000

/** The note with the passage on a line of its own; what is written next stands below it. */
export function addQuote(note: string, passage: string): string {
  const words = passage.replace(/\s+/g, ' ').trim()
  if (words === '') return note
  const quote =
    words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE).trimEnd()} …` : words
  const before = note.trimEnd()
  return `${before ? `${before}\n` : ''}“${quote}”\n`
}

/** What is selected in the case, or nothing. */
export function readSelection(home: Element | null): string {
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed || !home) return ''
  const { anchorNode, focusNode } = selection
  return home.contains(anchorNode) && home.contains(focusNode) ? selection.toString() : ''
}

import type { ExampleView } from '../../schema'

/** Empty: any. */
export type ExampleFilter = {
  search: string
  labelId: string
  kind: 'good' | 'bad' | ''
  use: 'on' | 'off' | ''
}

export const EVERY_EXAMPLE: ExampleFilter = { search: '', labelId: '', kind: '', use: '' }

export const isFiltering = ({ search, labelId, kind, use }: ExampleFilter): boolean =>
  search.trim() !== '' || labelId !== '' || kind !== '' || use !== ''

/** A label is found as the right one and as the wrong one; every word of the search has to be there. */
export function filterExamples(examples: ExampleView[], filter: ExampleFilter): ExampleView[] {
  if (!isFiltering(filter)) return examples
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return examples.filter((example) => {
    const { text, explanation, externalId, subject, labelId, wrongLabelId, kind, enabled } = example
    if (filter.kind !== '' && kind !== filter.kind) return false
    if (filter.use !== '' && enabled !== (filter.use === 'on')) return false
    if (filter.labelId !== '' && ![labelId, wrongLabelId].includes(filter.labelId)) return false
    const all = [externalId, subject, explanation, text].join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

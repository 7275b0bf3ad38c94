import type { OlderWords } from '@/lib/cases/opening/schema'

/** Says that a label was given when its category was worded otherwise; the words come on request. */
export function OlderDefinition({ words }: { words: OlderWords }) {
  if (words === null) return null
  return (
    <details className="text-[13px] text-muted">
      <summary className="cursor-pointer">Given under an older definition</summary>
      <p className="mt-1 rounded-lg bg-sunken px-3 py-2 text-ink">
        <span className="font-medium">{words.name}</span>
        {words.description ? (
          <span className="wrap-anywhere block whitespace-pre-wrap">{words.description}</span>
        ) : (
          <span className="block text-muted">It had no description.</span>
        )}
      </p>
    </details>
  )
}

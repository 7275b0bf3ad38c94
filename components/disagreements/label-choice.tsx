import { type RefObject, useState } from 'react'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { findCategories } from '@/lib/reviews/definitions/rules'
import type { Definition } from '@/lib/reviews/definitions/schema'

/** So many categories have a key. */
const KEYED = 9

type LabelChoiceProps = {
  categories: readonly Definition[]
  /** The labels that people gave. */
  given: ReadonlySet<string>
  field: RefObject<HTMLInputElement | null>
  onChoose: (labelId: string) => void
  onLeave: () => void
}

/** One button a category; a few letters and Enter for those without a key. */
export function LabelChoice({ categories, given, field, onChoose, onLeave }: LabelChoiceProps) {
  const [typed, setTyped] = useState('')
  const found = findCategories(categories, typed)
  const keys = new Map(categories.slice(0, KEYED).map(({ id }, at) => [id, String(at + 1)]))
  return (
    <div className="grid gap-2">
      <Input
        ref={field}
        aria-label="Search a category"
        aria-keyshortcuts="/"
        placeholder={`Search ${categories.length} categories`}
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          const [first] = found
          if (event.key === 'Enter' && typed.trim() !== '' && first) {
            event.preventDefault()
            onChoose(first.id)
          } else if (event.key === 'Escape') {
            setTyped('')
            onLeave()
          }
        }}
      />
      <ul aria-label="Labels" className="grid max-h-[60dvh] gap-0.5 overflow-y-auto">
        {found.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              aria-keyshortcuts={keys.get(id)}
              aria-description={given.has(id) ? 'Someone said so' : undefined}
              onClick={() => onChoose(id)}
              className={`-outline-offset-2 flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left hover:bg-sunken ${given.has(id) ? 'bg-accent-soft font-semibold' : ''}`}
            >
              <span aria-hidden className="contents">
                {keys.has(id) ? <Kbd>{keys.get(id)}</Kbd> : <span className="w-5" />}
              </span>
              <span className="wrap-anywhere min-w-0">{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="px-2 text-muted">No category has these letters.</p>
      ) : null}
    </div>
  )
}

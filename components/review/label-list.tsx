import { cx } from '@/components/ui/cx'
import { Kbd } from '@/components/ui/kbd'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Step } from '@/lib/reviews/keys/schema'

type LabelListProps = {
  categories: readonly Definition[]
  suggestedId: string | null
  step: Step
  onChoose: (labelId: string) => void
}

/** One button a category, in the order in which they are tried; the first nine have a key. */
export function LabelList({ categories, suggestedId, step, onChoose }: LabelListProps) {
  return (
    <ul aria-label="Labels" className="grid grid-cols-2 gap-x-1 sm:grid-cols-3 lg:grid-cols-1">
      {categories.map(({ id, name }, index) => {
        const chosen = step.at === 'second_choice' && step.labelId === id
        const suggested = suggestedId === id
        return (
          <li key={id} className="min-w-0">
            <button
              type="button"
              aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
              aria-pressed={step.at === 'second_choice' ? chosen : undefined}
              aria-description={suggested ? 'Suggested' : undefined}
              onClick={(event) => {
                // The second click of a double click would fall on the next case.
                if (event.detail < 2) onChoose(id)
              }}
              className={cx(
                'flex min-h-11 w-full select-none items-center gap-2.5 rounded-lg px-2 py-1.5 text-left hover:bg-sunken lg:min-h-9 lg:px-2.5',
                suggested && 'bg-accent-soft font-semibold hover:bg-accent-soft',
                chosen && 'bg-accent font-semibold text-on-accent hover:bg-accent',
              )}
            >
              <span aria-hidden className="contents">
                {index < 9 ? <Kbd>{index + 1}</Kbd> : <span className="w-5 max-sm:hidden" />}
              </span>
              <span className="min-w-0 wrap-anywhere leading-tight">{name}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { cx } from '@/components/ui/cx'
import { findCategories } from '@/lib/reviews/definitions/rules'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent, Step } from '@/lib/reviews/keys/schema'
import { LabelRow } from './label-row'
import { LabelSearch } from './label-search'

type LabelListProps = {
  categories: readonly Definition[]
  suggestedId: string | null
  step: Step
  /** What was typed holds for this case only. */
  assignmentId: string
  /** The search field has the focus, or is to have it. */
  searching: boolean
  onSearchingChange: (searching: boolean) => void
  onLeave: () => void
  act: (intent: Intent) => void
}

/** So many have a key; with more there is a field to find them by their letters. */
export const KEYED = 9

const NOTHING = { of: '', text: '', at: 0 }

/**
 * One button a category, in the order in which they are tried. Many of them scroll in a box of their
 * own, so that what else can be said stays in view.
 */
export const LabelList = memo(function LabelList(props: LabelListProps) {
  const { categories, suggestedId, step, assignmentId, searching, act } = props
  const [typed, setTyped] = useState(NOTHING)
  const { text, at } = typed.of === assignmentId ? typed : NOTHING
  const found = useMemo(() => findCategories(categories, text), [categories, text])
  const keys = useMemo(
    () => new Map(categories.slice(0, KEYED).map(({ id }, index) => [id, String(index + 1)])),
    [categories],
  )
  const type = (next: string, index = 0) =>
    setTyped({ of: assignmentId, text: next, at: Math.max(0, Math.min(index, found.length - 1)) })
  const choose = useCallback((labelId: string) => act({ means: 'label', labelId }), [act])
  const next = text === '' ? undefined : found[at]
  const box = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (next) box.current?.querySelector('[data-next]')?.scrollIntoView({ block: 'nearest' })
  }, [next])

  /** With nothing typed yet a number is the key of a label, as it is outside the field. */
  function typeOrChoose(now: string) {
    const keyed = text === '' && /^[1-9]$/.test(now) ? categories[Number(now) - 1] : undefined
    if (keyed) choose(keyed.id)
    else type(now)
  }

  function enter() {
    if (next) {
      type('')
      choose(next.id)
    } else if (text === '') act({ means: 'enough' })
  }

  return (
    <>
      {categories.length > KEYED || searching || text !== '' ? (
        <LabelSearch
          typed={text}
          all={categories.length}
          found={found.length}
          next={next?.name}
          wanted={searching}
          onWantedChange={props.onSearchingChange}
          onType={typeOrChoose}
          onMove={(by) => type(text, at + by)}
          onEnter={enter}
          onEscape={() => {
            type('')
            props.onLeave()
          }}
        />
      ) : null}
      <ul
        ref={box}
        aria-label="Labels"
        className={cx(
          'grid grid-cols-2 gap-x-1 sm:grid-cols-3 lg:grid-cols-1',
          categories.length > KEYED &&
            'max-h-[32dvh] min-h-36 shrink content-start overflow-y-auto overscroll-contain rounded-lg lg:max-h-none lg:min-h-48',
        )}
      >
        {found.map(({ id, name }) => (
          <LabelRow
            key={id}
            {...{ id, name }}
            shortcut={keys.get(id)}
            suggested={suggestedId === id}
            chosen={step.at === 'second_choice' && step.labelId === id}
            next={next?.id === id}
            asksSecond={step.at === 'second_choice'}
            onChoose={choose}
          />
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="px-2 py-2 text-muted">No category has these letters.</p>
      ) : null}
    </>
  )
})

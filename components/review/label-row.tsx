import { memo } from 'react'
import { cx } from '@/components/ui/cx'
import { Kbd } from '@/components/ui/kbd'

type LabelRowProps = {
  id: string
  name: string
  /** The key that chooses it, if any. */
  shortcut: string | undefined
  suggested: boolean
  /** Chosen as the first of two. */
  chosen: boolean
  /** Enter in the search field takes it. */
  next: boolean
  /** Says of each label whether it is chosen. */
  asksSecond: boolean
  onChoose: (labelId: string) => void
}

/** Drawn again only where something of it changes: there may be many, and keys come fast. */
export const LabelRow = memo(function LabelRow(props: LabelRowProps) {
  const { id, name, shortcut, suggested, chosen, next, asksSecond, onChoose } = props
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-keyshortcuts={shortcut}
        aria-pressed={asksSecond ? chosen : undefined}
        aria-description={suggested ? 'Suggested' : undefined}
        data-next={next || undefined}
        onClick={(event) => {
          // The second click of a double click would fall on the next case.
          if (event.detail < 2) onChoose(id)
        }}
        className={cx(
          'flex min-h-11 w-full select-none items-center gap-2.5 rounded-lg px-2 py-1.5 text-left -outline-offset-2 hover:bg-sunken lg:min-h-9 lg:px-2.5',
          suggested && 'bg-accent-soft font-semibold hover:bg-accent-soft',
          chosen && 'bg-accent font-semibold text-on-accent hover:bg-accent',
          next && 'outline-2 outline-accent',
        )}
      >
        <span aria-hidden className="contents">
          {next ? <Kbd>↵</Kbd> : <Shortcut shortcut={shortcut} />}
        </span>
        <span className="min-w-0 wrap-anywhere leading-tight">{name}</span>
      </button>
    </li>
  )
})

const Shortcut = ({ shortcut }: Pick<LabelRowProps, 'shortcut'>) =>
  shortcut ? <Kbd>{shortcut}</Kbd> : <span className="w-5 max-sm:hidden" />

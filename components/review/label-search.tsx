import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Kbd } from '@/components/ui/kbd'

type LabelSearchProps = {
  typed: string
  /** How many categories there are, how many of them are found, and which Enter takes. */
  all: number
  found: number
  next: string | undefined
  /** The key was pressed: the field takes the focus. */
  wanted: boolean
  onWantedChange: (wanted: boolean) => void
  onType: (typed: string) => void
  onMove: (by: 1 | -1) => void
  onEnter: () => void
  onEscape: () => void
}

/** A few letters and Enter: for categories that have no key of their own. */
export function LabelSearch(props: LabelSearchProps) {
  const { typed, all, found, next, wanted, onWantedChange } = props
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wanted) field.current?.focus({ preventScroll: true })
  }, [wanted])
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-2 rounded-lg border border-control pr-2 pl-2.5 focus-within:border-accent focus-within:outline-2 focus-within:outline-accent focus-within:-outline-offset-1">
      <Search aria-hidden className="size-4 shrink-0 text-muted" />
      <input
        ref={field}
        aria-label="Search a category"
        aria-keyshortcuts="/"
        placeholder={`Search ${all} categories`}
        value={typed}
        maxLength={100}
        autoComplete="off"
        className="h-9 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        onFocus={() => onWantedChange(true)}
        onBlur={() => onWantedChange(false)}
        onChange={(event) => props.onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          const act = {
            ArrowDown: () => props.onMove(1),
            ArrowUp: () => props.onMove(-1),
            Enter: props.onEnter,
            Escape: props.onEscape,
          }[event.key]
          if (!act) return
          event.preventDefault()
          if (!event.repeat || event.key.startsWith('Arrow')) act()
        }}
      />
      <span role="status" className="sr-only">
        {typed ? `${found} found.${next ? ` Enter takes ${next}.` : ''}` : ''}
      </span>
      <span aria-hidden className="contents">
        {wanted ? null : <Kbd>/</Kbd>}
      </span>
    </div>
  )
}

import { Highlighter } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { findWords } from '@/components/ui/conversation-words'
import type { Claim } from '@/lib/reviews/queue/schema'
import type { HighlightWords } from './use-highlight-words'

type HighlightFieldProps = {
  item: Claim['case']
  highlight: HighlightWords
  /** The key was pressed: the field takes the focus. */
  wanted: boolean
  onWantedChange: (wanted: boolean) => void
  /** Enter or Escape gives the keys back. */
  onDone: () => void
}

/** Words that are shown in every case until they are cleared; in view only while there are some. */
export function HighlightField(props: HighlightFieldProps) {
  const { item, highlight, wanted, onWantedChange, onDone } = props
  const { typed, words, type } = highlight
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wanted) field.current?.focus({ preventScroll: true })
  }, [wanted])
  if (!wanted && typed === '') return null
  const found = item.messages.reduce((sum, { text }) => sum + findWords(text, words).length, 0)
  return (
    <div className="top-14 z-10 -mt-2 mb-4 flex min-h-9 items-center gap-2 rounded-lg border border-line bg-surface py-0.5 pr-1 pl-3 text-[13px] focus-within:border-accent lg:sticky">
      <Highlighter aria-hidden className="size-4 shrink-0 text-accent" />
      <input
        ref={field}
        aria-label="Highlight words"
        placeholder="Words to highlight, “several together” in quotes"
        value={typed}
        maxLength={200}
        className="h-8 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        onFocus={() => onWantedChange(true)}
        onBlur={() => onWantedChange(false)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          event.preventDefault()
          onDone()
        }}
      />
      <span role="status" className="whitespace-nowrap text-muted tabular-nums">
        {words.length > 0 ? `${found} in this case` : ''}
      </span>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          type('')
          onDone()
        }}
      >
        Clear
      </Button>
    </div>
  )
}

import { useRef, useState } from 'react'
import { Button } from './button'
import { clipBlocks, shortenText } from './conversation-shortening'
import {
  findFoldedQuotes,
  isLongQuote,
  splitBlocks,
  splitPieces,
  type TextBlock,
  type TextRange,
} from './conversation-text'
import { cx } from './cx'
import { count } from './figures'
import { Time } from './time'

export type ShownMessage = {
  author: string
  role: 'customer' | 'agent' | 'system'
  time: string | null
  text: string
}

const ROLE_WORDS = { customer: 'Customer', agent: 'Agent', system: 'System' }

type MessageProps = {
  message: ShownMessage
  /** "first request", "last answer" */
  note: string | null
  strong: boolean
  highlights: readonly TextRange[]
  /** Where words stand that someone looks for. */
  found: readonly TextRange[]
  /** A long message comes whole, not only its beginning, and quotations unfolded. */
  whole: boolean
  /** Key that shows it whole, on the button. */
  wholeKey: string | undefined
}

export function ConversationMessage(props: MessageProps) {
  const { message, note, strong, highlights, found, whole, wholeKey } = props
  const [open, setOpen] = useState(whole)
  const article = useRef<HTMLElement>(null)
  const { text } = message
  const blocks = splitBlocks(text)
  const folded = findFoldedQuotes(blocks, highlights)
  const inView = found.filter((range) => !folded.some((block) => overlaps(range, block)))
  const parts = shortenText(text, [...highlights, ...inView.slice(0, MOST_FOUND)], folded)
  const shown = parts && !open ? parts : [{ start: 0, end: text.length }]

  function toggle() {
    setOpen(!open)
    // Folded from far below, its beginning would be out of view.
    if (open) requestAnimationFrame(() => article.current?.scrollIntoView({ block: 'nearest' }))
  }

  return (
    <article
      ref={article}
      className={cx('border-l-2 py-2 pl-4', strong ? 'border-accent' : 'border-line')}
    >
      <header className="mb-1 text-[13px] text-muted">
        <span className="font-semibold text-ink">{ROLE_WORDS[message.role]}</span>
        {message.author ? ` · ${message.author}` : null}
        {message.time ? (
          <>
            {' · '}
            <Time iso={message.time} />
          </>
        ) : null}
        {note ? ` · ${note}` : null}
      </header>
      {shown.map((part) => (
        <div
          key={part.start}
          className={cx(
            'grid min-w-0 gap-2 text-[15px] leading-6',
            part.end < text.trimEnd().length &&
              '[mask-image:linear-gradient(to_top,transparent,black_4.5rem)]',
            part.start > 0 && 'mt-1',
          )}
        >
          {clipBlocks(blocks, part).map((block) => (
            <Block
              key={block.start}
              folded={!whole && folded.some(({ start }) => start === block.start)}
              {...{ text, block, highlights, found }}
            />
          ))}
        </div>
      ))}
      {parts ? (
        <Button
          size="sm"
          kbd={wholeKey}
          aria-expanded={open}
          onClick={toggle}
          className="mt-1.5 border-dashed bg-transparent text-muted"
        >
          {open ? 'Show less' : `Show all (${count(text.length)} characters)`}
        </Button>
      ) : null}
    </article>
  )
}

/** So many of the words looked for are in view in a long message that is folded. */
const MOST_FOUND = 5

const overlaps = (one: TextRange, other: TextRange): boolean =>
  one.start < other.end && one.end > other.start

type PiecesProps = {
  text: string
  block: TextBlock
  highlights: readonly TextRange[]
  found: readonly TextRange[]
}

function Block({ folded, ...props }: PiecesProps & { folded: boolean }) {
  const { block, found } = props
  if (block.kind === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must take the focus
      <pre tabIndex={0} className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-[13px]">
        <Pieces {...props} />
      </pre>
    )
  }
  const look = LOOKS[block.kind]
  if (!isLongQuote(block)) {
    return (
      <p className={cx('wrap-anywhere whitespace-pre-wrap', look)}>
        <Pieces {...props} />
      </p>
    )
  }
  const inside = found.filter((range) => overlaps(range, block)).length
  return (
    <details open={!folded} className="text-muted">
      <summary className="w-fit rounded-md text-[13px] hover:text-ink">
        … quoted text, {block.lines} lines
        {inside > 0 ? <mark className={FOUND}>{inside} found</mark> : null}
      </summary>
      <p className={cx('wrap-anywhere mt-1 whitespace-pre-wrap', look)}>
        <Pieces {...props} />
      </p>
    </details>
  )
}

const LOOKS = {
  plain: '',
  quote: 'border-line border-l pl-3 text-muted',
  log: 'font-mono text-xs leading-5',
}

/** Blank lines around a block would only add to the gap between blocks. */
function Pieces({ text, block, highlights, found }: PiecesProps) {
  const raw = text.slice(block.start, block.end)
  const trimmed = {
    ...block,
    start: block.start + (raw.length - raw.replace(/^\n+/, '').length),
    end: block.start + raw.trimEnd().length,
  }
  return splitPieces(text, trimmed, highlights, found).map((piece) => {
    const words = text.slice(piece.start, piece.end)
    const code = piece.code ? 'font-mono text-[13px]' : ''
    if (!piece.marked && !piece.found && !piece.code) return words
    const Tag = piece.marked || piece.found ? 'mark' : 'span'
    return (
      <Tag key={piece.start} className={cx(code, piece.found && FOUND)}>
        {words}
      </Tag>
    )
  })
}

/** Apart from what the model quotes, also without colours. */
export const FOUND = 'bg-accent-soft underline decoration-accent decoration-2 underline-offset-3'

import { useRef, useState } from 'react'
import { Button } from './button'
import { clipBlocks, shortenText } from './conversation-shortening'
import { splitBlocks, splitPieces, type TextBlock, type TextRange } from './conversation-text'
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

/** Quotations shorter than this are not worth a fold. */
const FOLDED_QUOTE_LINES = 3

type MessageProps = {
  message: ShownMessage
  /** "first request", "last answer" */
  note: string | null
  strong: boolean
  highlights: readonly TextRange[]
  /** A long message comes whole, not only its beginning. */
  whole: boolean
  /** Key that shows it whole, on the button. */
  wholeKey: string | undefined
}

export function ConversationMessage(props: MessageProps) {
  const { message, note, strong, highlights, whole, wholeKey } = props
  const [open, setOpen] = useState(whole)
  const article = useRef<HTMLElement>(null)
  const { text } = message
  const blocks = splitBlocks(text)
  const parts = shortenText(
    text,
    highlights,
    blocks.filter((block) => isFolded(block, highlights)),
  )
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
            <Block key={block.start} text={text} block={block} highlights={highlights} />
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

/** Long quotations are folded, but for one that holds what is highlighted. */
const isFolded = (block: TextBlock, highlights: readonly TextRange[]): boolean =>
  block.kind === 'quote' &&
  block.lines >= FOLDED_QUOTE_LINES &&
  !highlights.some((range) => range.start < block.end && range.end > block.start)

type BlockProps = { text: string; block: TextBlock; highlights: readonly TextRange[] }

function Block(props: BlockProps) {
  const { block, highlights } = props
  if (block.kind === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must take the focus
      <pre tabIndex={0} className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-[13px]">
        <Pieces {...props} />
      </pre>
    )
  }
  const look = LOOKS[block.kind]
  if (block.kind !== 'quote' || block.lines < FOLDED_QUOTE_LINES) {
    return (
      <p className={cx('wrap-anywhere whitespace-pre-wrap', look)}>
        <Pieces {...props} />
      </p>
    )
  }
  return (
    <details open={!isFolded(block, highlights)} className="text-muted">
      <summary className="w-fit text-[13px]">{block.lines} quoted lines</summary>
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
function Pieces({ text, block, highlights }: BlockProps) {
  const raw = text.slice(block.start, block.end)
  const trimmed = {
    ...block,
    start: block.start + (raw.length - raw.replace(/^\n+/, '').length),
    end: block.start + raw.trimEnd().length,
  }
  return splitPieces(text, trimmed, highlights).map((piece) => {
    const Tag = piece.marked ? 'mark' : 'span'
    return (
      <Tag key={piece.start} className={piece.code ? 'font-mono text-[13px]' : undefined}>
        {text.slice(piece.start, piece.end)}
      </Tag>
    )
  })
}

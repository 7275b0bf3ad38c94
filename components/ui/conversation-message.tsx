import { splitBlocks, splitPieces, type TextBlock, type TextRange } from './conversation-text'
import { cx } from './cx'
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
}

export function ConversationMessage({ message, note, strong, highlights }: MessageProps) {
  return (
    <article className={cx('border-l-2 py-2 pl-4', strong ? 'border-accent' : 'border-line')}>
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
      <div className="grid min-w-0 gap-2 text-[15px] leading-6">
        {splitBlocks(message.text).map((block) => (
          <Block key={block.start} text={message.text} block={block} highlights={highlights} />
        ))}
      </div>
    </article>
  )
}

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
  if (block.kind === 'plain' || block.lines < FOLDED_QUOTE_LINES) {
    const look = block.kind === 'quote' ? 'border-line border-l pl-3 text-muted' : ''
    return (
      <p className={cx('wrap-anywhere whitespace-pre-wrap', look)}>
        <Pieces {...props} />
      </p>
    )
  }
  const marked = highlights.some((range) => range.start < block.end && range.end > block.start)
  return (
    <details open={marked} className="text-muted">
      <summary className="w-fit text-[13px]">{block.lines} quoted lines</summary>
      <p className="wrap-anywhere mt-1 whitespace-pre-wrap border-line border-l pl-3">
        <Pieces {...props} />
      </p>
    </details>
  )
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

import { memo, useMemo } from 'react'
import { count } from '@/components/ui/figures'
import type { Section } from '@/lib/versions/rendering/rules'
import { SECTION_TITLES } from './section-titles'

/** Characters that are laid out together; the rest waits until it comes into view. */
const PIECE = 8_000

/** A part of the prompt as it is sent. A long one is cut between lines, so that it costs only what is seen of it. */
export const PromptSection = memo(function PromptSection({ name, text, tokens }: Section) {
  const pieces = useMemo(() => cutAtLines(text), [text])
  return (
    <section aria-label={`Prompt: ${SECTION_TITLES[name]}`}>
      <h3 className="mb-1 flex items-baseline justify-between gap-2 font-medium text-[13px]">
        {SECTION_TITLES[name]}
        <span className="font-normal text-muted text-xs tabular-nums">{count(tokens)} tokens</span>
      </h3>
      <pre className="wrap-anywhere whitespace-pre-wrap rounded-lg border border-line bg-canvas p-3 font-mono text-xs leading-5">
        {pieces.map((piece) => (
          <Piece key={piece.at} text={piece.text} />
        ))}
      </pre>
    </section>
  )
})

const Piece = memo(function Piece({ text }: { text: string }) {
  return (
    <span className="block [contain-intrinsic-size:auto_100rem] [content-visibility:auto]">
      {text}
    </span>
  )
})

/** Each piece but the last ends before a line break, which the end of its block stands for. */
function cutAtLines(text: string): { at: number; text: string }[] {
  const pieces: { at: number; text: string }[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.length - at <= PIECE ? -1 : text.indexOf('\n', at + PIECE)
    pieces.push({ at, text: text.slice(at, end === -1 ? text.length : end) })
    at = end === -1 ? text.length : end + 1
  }
  return pieces
}

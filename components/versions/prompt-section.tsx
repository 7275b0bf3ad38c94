import { memo, useMemo } from 'react'
import { count } from '@/components/ui/figures'
import { cutIntoPieces } from '@/lib/versions/difference/pieces/rules'
import type { Section } from '@/lib/versions/rendering/rules'
import { SECTION_TITLES } from './section-titles'

/** A part of the prompt as it is sent. A long one is cut between lines, so that it costs only what is seen of it; a short one has its true height at once. */
export const PromptSection = memo(function PromptSection({ name, text, tokens }: Section) {
  const pieces = useMemo(() => cutIntoPieces(text.split('\n'), (line) => line), [text])
  return (
    <section aria-label={`Prompt: ${SECTION_TITLES[name]}`}>
      <h3 className="mb-1 flex items-baseline justify-between gap-2 font-medium text-[13px]">
        {SECTION_TITLES[name]}
        <span className="font-normal text-muted text-xs tabular-nums">{count(tokens)} tokens</span>
      </h3>
      <pre className="wrap-anywhere whitespace-pre-wrap rounded-lg border border-line bg-canvas p-3 font-mono text-xs leading-5">
        {pieces.length > 1
          ? pieces.map((piece) => <Piece key={piece.key} text={piece.lines.join('\n')} />)
          : text}
      </pre>
    </section>
  )
})

const Piece = memo(function Piece({ text }: { text: string }) {
  return (
    <span className="block [contain-intrinsic-size:auto_60rem] [content-visibility:auto]">
      {text}
    </span>
  )
})

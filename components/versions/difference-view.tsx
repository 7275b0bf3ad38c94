import { memo, useMemo } from 'react'
import { cx } from '@/components/ui/cx'
import type { DifferenceLine } from '@/lib/versions/difference/lines/rules'
import { cutIntoPieces } from '@/lib/versions/difference/pieces/rules'
import type { SectionDifference } from '@/lib/versions/difference/rules'
import { SECTION_TITLES } from './section-titles'

/** Unchanged lines kept around a change, so that one sees where it stands. */
const CONTEXT = 2

const SIGNS = { added: '+', removed: '−', unchanged: ' ' }
const SPOKEN = { added: 'added: ', removed: 'removed: ', unchanged: '' }

/** Changed sections line by line; long unchanged stretches are folded. */
export function DifferenceView({ sections }: { sections: SectionDifference[] }) {
  const changed = sections.filter(({ added, removed }) => added + removed > 0)
  if (changed.length === 0) return <p className="text-muted">Nothing is different.</p>
  return (
    <div className="grid gap-4">
      {changed.map((section) => (
        <Difference key={section.name} section={section} />
      ))}
    </div>
  )
}

const Difference = memo(function Difference({ section }: { section: SectionDifference }) {
  const { name, lines, added, removed } = section
  const pieces = useMemo(() => cutIntoPieces(fold(lines), textOf), [lines])
  return (
    <section aria-label={`Difference in ${SECTION_TITLES[name]}`} className="min-w-0">
      <h3 className="mb-1 flex items-baseline justify-between gap-2 font-medium text-[13px]">
        {SECTION_TITLES[name]}
        <span className="font-normal text-muted text-xs tabular-nums">
          +{added} −{removed} lines
        </span>
      </h3>
      <div className="overflow-hidden rounded-lg border border-line bg-canvas py-1 font-mono text-xs leading-5">
        {pieces.map((piece) => (
          <Lines key={piece.key} lines={piece.lines} />
        ))}
      </div>
    </section>
  )
})

const textOf = ({ kind, folded, text }: Shown) => `${kind}${folded}${text}`

/** A piece under the same key says the same. Off screen it costs neither layout nor paint. */
const Lines = memo(
  function Lines({ lines }: { lines: Shown[] }) {
    return (
      <div className="[contain-intrinsic-size:auto_50rem] [content-visibility:auto]">
        {lines.map((line) => (
          <Line key={line.at} line={line} />
        ))}
      </div>
    )
  },
  () => true,
)

type Shown = DifferenceLine & { at: number; folded: number }

function Line({ line: { kind, text, folded } }: { line: Shown }) {
  if (folded > 0) {
    return <p className="px-3 text-muted">… {folded} lines as before</p>
  }
  return (
    <p
      className={cx(
        'whitespace-pre-wrap break-words pr-3 pl-7 -indent-4',
        kind === 'added' && 'bg-good-soft',
        kind === 'removed' && 'bg-bad-soft',
        kind === 'unchanged' && 'text-muted',
      )}
    >
      <span aria-hidden className="inline-block w-4 indent-0">
        {SIGNS[kind]}
      </span>
      <span className="sr-only">{SPOKEN[kind]}</span>
      {text}
    </p>
  )
}

function fold(lines: readonly DifferenceLine[]): Shown[] {
  const near = lines.map((_, at) =>
    lines
      .slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1)
      .some(({ kind }) => kind !== 'unchanged'),
  )
  const shown: Shown[] = []
  lines.forEach((line, at) => {
    const last = shown.at(-1)
    if (near[at]) shown.push({ ...line, at, folded: 0 })
    else if (last && last.folded > 0) last.folded += 1
    else shown.push({ ...line, at, folded: 1 })
  })
  return shown
}

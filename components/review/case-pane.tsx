import { type ReactNode, type Ref, useMemo } from 'react'
import { cx } from '@/components/ui/cx'
import type { Claim } from '@/lib/reviews/queue/schema'
import { CaseView } from './case-view'

type CasePaneProps = {
  /** The first is the case in view. */
  queue: readonly Claim[]
  /** The queue as it was before the last frame: these are laid out already. */
  prepared: readonly Claim[]
  folded: boolean
  words: readonly string[]
  onFoldedChange: (folded: boolean) => void
  /** Above the case. */
  children: ReactNode
  ref: Ref<HTMLElement>
}

/** So many of the next cases are laid out before they are wanted. */
const AHEAD = 2

/**
 * The case's text is the hero. The next cases lie ready in the same place, drawn but without height,
 * out of sight and out of reach for everyone: a key only chooses which of them is seen.
 */
export function CasePane(props: CasePaneProps) {
  const { queue, prepared, folded, words, onFoldedChange, children, ref } = props
  const [shown] = queue
  const cases = useMemo(() => {
    const ready = prepared.slice(0, AHEAD + 1)
    const isReady = ready.some(({ assignmentId }) => assignmentId === shown?.assignmentId)
    return isReady || !shown ? ready : [shown, ...ready]
  }, [prepared, shown])
  return (
    <section
      ref={ref}
      aria-label="Case"
      tabIndex={-1}
      data-case={shown?.case.externalId}
      className="min-w-0 px-4 pt-6 pb-10 outline-none sm:px-8 lg:pt-8 max-sm:[&_kbd]:hidden"
    >
      <div className="mx-auto max-w-[46rem]">
        {children}
        <div className="grid grid-cols-1">
          {cases.map(({ assignmentId, case: item, suggestion }) => {
            const isShown = assignmentId === shown?.assignmentId
            return (
              <div
                key={assignmentId}
                aria-hidden={!isShown}
                // Inherited by all that is inside, which takes time: it follows after the frame.
                inert={assignmentId !== prepared[0]?.assignmentId}
                className={cx('col-start-1 row-start-1 min-w-0', !isShown && 'h-0 overflow-hidden')}
              >
                <CaseView
                  item={item}
                  place={suggestion?.evidencePlace ?? null}
                  folded={!isShown || folded}
                  words={words}
                  onFoldedChange={onFoldedChange}
                />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}

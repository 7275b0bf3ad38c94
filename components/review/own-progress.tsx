import { memo, useRef } from 'react'
import { count } from '@/components/ui/figures'
import type { CurrentHandout } from '@/lib/reviews/session/schema'
import { wordsForGiven } from './given-work'
import { usePace } from './pace'
import type { SessionStore } from './session-store'

type OwnProgressProps = {
  store: SessionStore
  ownToday: number
  handout: CurrentHandout | null
  /** What is in view without asking. */
  children: string
}

/** What a person has done themselves: there for who asks for it. */
export const OwnProgress = memo(function OwnProgress(props: OwnProgressProps) {
  const { store, ownToday, handout, children } = props
  const pace = usePace(store)
  const box = useRef<HTMLDetailsElement>(null)
  const close = () => box.current?.removeAttribute('open')
  return (
    <details
      ref={box}
      className="relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <summary className="list-none whitespace-nowrap rounded-md px-1.5 py-1 tabular-nums hover:bg-sunken [&::-webkit-details-marker]:hidden">
        {children}
        {handout ? (
          <span className="max-sm:hidden">
            {` · ${count(handout.done)} of ${count(handout.cases)} given`}
          </span>
        ) : null}{' '}
        <span aria-hidden>▾</span>
      </summary>
      <dl className="absolute top-full right-0 z-40 mt-1.5 grid w-60 grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 rounded-xl border border-line bg-surface p-3.5 shadow-float">
        <dt>By you today</dt>
        <dd className="text-right text-ink tabular-nums">{count(ownToday)}</dd>
        <dt>Your pace, this sitting</dt>
        <dd className="text-right text-ink tabular-nums">
          {pace === null ? '–' : `${pace < 10 ? pace.toFixed(1) : Math.round(pace)} s a case`}
        </dd>
        {handout ? (
          <>
            <dt className="sr-only">Given work</dt>
            <dd className="col-span-2 border-line border-t pt-1.5 text-ink">
              {wordsForGiven(handout, new Date())}
              {handout.note ? <span className="block text-muted">{handout.note}</span> : null}
            </dd>
          </>
        ) : null}
      </dl>
    </details>
  )
})

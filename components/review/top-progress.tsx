import { useEffect, useState } from 'react'
import { TopBar } from '@/components/layout/top-bar'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { count } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import type { Session } from '@/lib/reviews/session/schema'

type TopProgressProps = {
  progress: ReviewProgress | undefined
  session: Session
  onRetry: () => void
}

/** How far the work is, and whether everything said so far is safe. */
export function TopProgress({ progress, session, onRetry }: TopProgressProps) {
  const { done, left, ownToday } = progress ?? { done: 0, left: 0, ownToday: 0 }
  const total = done + left
  return (
    <TopBar>
      <section
        aria-label="Progress"
        aria-busy={session.outbox.length > 0}
        className="flex items-center gap-3 sm:gap-4"
      >
        <Progress
          value={done}
          max={total}
          label="Cases reviewed"
          className="hidden w-28 sm:block lg:hidden xl:block xl:w-24 2xl:w-44"
        />
        <span className="whitespace-nowrap tabular-nums" title={`${count(ownToday)} by you today`}>
          {count(done)} of {count(total)}
        </span>
        <SavedState session={session} onRetry={onRetry} />
      </section>
    </TopBar>
  )
}

function SavedState({ session, onRetry }: Pick<TopProgressProps, 'session' | 'onRetry'>) {
  const waiting = session.outbox.length
  const slow = useSlow(waiting > 0)
  if (session.failure) {
    return (
      <span className="flex items-center gap-2 whitespace-nowrap">
        <Light tone="bg-bad" />
        {waiting} not saved yet
        <Button size="sm" onClick={onRetry}>
          Retry
        </Button>
      </span>
    )
  }
  return (
    <span className="flex min-w-16 items-center gap-2 whitespace-nowrap">
      <Light tone={slow ? 'bg-warn' : 'bg-good'} />
      {slow ? 'Saving…' : 'Saved'}
    </span>
  )
}

const Light = ({ tone }: { tone: string }) => (
  <span aria-hidden className={cx('size-2 rounded-full', tone)} />
)

const SLOW_MS = 300

/** True once something has gone on for so long that it should be said. */
function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return slow
}

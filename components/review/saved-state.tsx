import { memo, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { Failure } from '@/lib/reviews/session/schema'

type SavedStateProps = {
  /** How many answers, undos and skips wait. */
  waiting: number
  failure: Failure | null
  /** False: what waits ends with this tab. */
  durable: boolean
  onRetry: () => void
}

/** Whether everything said so far is safe. */
export const SavedState = memo(function SavedState(props: SavedStateProps) {
  const { waiting, failure, durable, onRetry } = props
  const slow = useSlow(waiting > 0)
  const answers = waiting === 1 ? '1 answer' : `${waiting} answers`
  if (failure?.why === 'signed_out') {
    const next = `${window.location.pathname}${window.location.search}`
    return (
      <State tone="bg-bad">
        <span>
          Signed out:{' '}
          <a className="link" href={`/sign-in?${new URLSearchParams({ next })}`}>
            sign in to send {answers}
          </a>
        </span>
      </State>
    )
  }
  if (failure?.why === 'offline') {
    return (
      <State tone="bg-warn">
        {durable ? `Offline: ${answers} kept` : `Offline: keep this page open for ${answers}`}
      </State>
    )
  }
  if (failure) {
    return (
      <State tone="bg-bad">
        {waiting} not saved yet{durable ? '' : ': keep this page open'}
        <Button size="sm" onClick={onRetry}>
          Retry
        </Button>
      </State>
    )
  }
  if (!durable && waiting > 0) return <State tone="bg-warn">Saving… keep this page open</State>
  return (
    <State tone={slow ? 'bg-warn' : 'bg-good'}>
      <span className="min-w-12">{slow ? 'Saving…' : 'Saved'}</span>
    </State>
  )
})

const State = ({ tone, children }: { tone: string; children: React.ReactNode }) => (
  <span role="status" className="flex items-center gap-2 whitespace-nowrap">
    <span aria-hidden className={cx('size-2 shrink-0 rounded-full', tone)} />
    {children}
  </span>
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

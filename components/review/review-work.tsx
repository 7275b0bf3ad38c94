import dynamic from 'next/dynamic'
import { memo, useEffect, useSyncExternalStore } from 'react'
import type { Role } from '@/lib/platform/access'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import { useAfterPaint } from './after-paint'
import { LastCheck } from './last-check'
import { loadRefusals } from './load-ahead'
import { Panels } from './panels'
import { ReviewScreen } from './review-screen'
import type { SessionStore } from './session-store'
import { TopProgress } from './top-progress'
import type { Revealed } from './use-reveal'

// Hardly ever needed.
const Refusals = dynamic(loadRefusals)

type ReviewWorkProps = {
  project: string
  role: Role
  progress: ReviewProgress | undefined
  store: SessionStore
  categories: readonly Definition[]
  revealed: Revealed
  act: (intent: Intent) => void
  /** Nothing is at hand: the figures may be old, as others have worked as well. */
  onIdle: () => void
}

/** All that follows the session: a key draws this again, and nothing that asks the server. */
export const ReviewWork = memo(function ReviewWork(props: ReviewWorkProps) {
  const { project, progress, store, categories, onIdle, ...rest } = props
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const { queue, supply, refused } = snapshot.session
  const painted = useAfterPaint(snapshot)
  const settled = painted.session
  const idle = queue.length === 0 && supply === 'none'
  useEffect(() => {
    if (idle) onIdle()
  }, [idle, onIdle])

  return (
    <>
      <TopProgress
        {...{ progress, store }}
        snapshot={painted}
        busy={snapshot.session.outbox.length > 0 || !snapshot.ready}
      />
      <ReviewScreen {...{ project, progress, store, snapshot, settled, categories }} {...rest} />
      <LastCheck past={settled.past} />
      {refused.length > 0 ? (
        <Refusals
          {...{ project, refused, categories }}
          onRead={(id) => {
            store.dismiss(id)
            document.getElementById('main')?.focus({ preventScroll: true })
          }}
        />
      ) : null}
      <Panels
        {...{ project, store, categories }}
        panel={snapshot.panel}
        caseId={queue[0]?.case.id}
      />
      <p aria-live="polite" className="sr-only">
        {painted.announcement}
      </p>
    </>
  )
})

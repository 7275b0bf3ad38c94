'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useSingleKeys } from '@/components/ui/use-single-keys'
import type { Role } from '@/lib/platform/access'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import type { Panel } from '@/lib/reviews/keys/schema'
import { reviewProgressQuery } from '@/lib/reviews/progress/queries'
import { afterPaint } from './after-paint'
import { LastCheck } from './last-check'
import { loadAhead, loadRefusals } from './load-ahead'
import { Panels } from './panels'
import { ReviewScreen } from './review-screen'
import { createSessionStore, type SessionStore } from './session-store'
import { TopProgress } from './top-progress'
import { useActs } from './use-acts'
import { useKeys } from './use-keys'
import { useReveal } from './use-reveal'

// Hardly ever needed.
const Refusals = dynamic(loadRefusals)

type ReviewPageProps = { project: string; userId: string; role: Role }

/** The whole job of a reviewer: read the case, press a key, read the next one. */
export function ReviewPage({ project, userId, role }: ReviewPageProps) {
  const client = useQueryClient()
  const progress = useQuery(reviewProgressQuery(project))
  const { data: categories = [] } = useQuery(definitionsQuery(project))
  const [store] = useState(() =>
    createSessionStore(project, userId, ({ done }) =>
      // Not in the frame that shows the next case.
      afterPaint(() =>
        client.setQueryData(reviewProgressQuery(project).queryKey, (known) =>
          known
            ? {
                ...known,
                done: known.done + done,
                left: Math.max(0, known.left - done),
                ownToday: known.ownToday + done,
              }
            : known,
        ),
      ),
    ),
  )
  useEffect(() => store.start(), [store])
  useEffect(loadAhead, [])
  useChange(store)
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const [singleKeys] = useSingleKeys()

  const categoryIds = useMemo(() => categories.map(({ id }) => id), [categories])
  const { revealed, reveal } = useReveal(project, store)
  const act = useActs({ store, categoryIds, revealed, reveal })
  const look = useCallback(() => {
    const { step, panel } = store.getSnapshot()
    return { step, categoryIds, dialog: panel !== null && !IN_PAGE.has(panel) }
  }, [store, categoryIds])
  useKeys({ look, singleKeys, onIntent: act })

  // With nothing at hand the figures may be old: someone else has worked as well.
  const { queue, past, supply, refused } = snapshot.session
  const idle = queue.length === 0 && supply === 'none'
  const { refetch } = progress
  useEffect(() => {
    if (idle) void refetch()
  }, [idle, refetch])

  return (
    <>
      <TopProgress progress={progress.data} store={store} snapshot={snapshot} />
      <ReviewScreen
        {...{ project, role, store, snapshot, categories, revealed, act }}
        progress={progress.data}
      />
      <LastCheck past={past} />
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
        {snapshot.announcement}
      </p>
    </>
  )
}

/** Panels that are fields of the page: keys still count outside them. */
const IN_PAGE: ReadonlySet<Panel> = new Set(['note', 'search', 'highlight'])

/** `?change=<review>`, from the list of own answers: once, so that a reload does not ask again. */
function useChange(store: SessionStore) {
  const reviewId = useSearchParams().get('change')
  useEffect(() => {
    if (!reviewId) return
    window.history.replaceState(null, '', window.location.pathname)
    store.change(reviewId)
  }, [store, reviewId])
}

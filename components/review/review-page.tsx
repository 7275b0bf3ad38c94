'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Role } from '@/lib/platform/access'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import type { Intent } from '@/lib/reviews/keys/schema'
import { reviewProgressQuery } from '@/lib/reviews/progress/queries'
import { Panels } from './panels'
import { ReviewScreen } from './review-screen'
import { createSessionStore, type SessionStore } from './session-store'
import { TopProgress } from './top-progress'
import { useKeys } from './use-keys'
import { useSingleKeys } from './use-single-keys'

// Hardly ever needed.
const Refusals = dynamic(() => import('./refusals'))

type ReviewPageProps = { project: string; userId: string; role: Role }

/** The whole job of a reviewer: read the case, press a key, read the next one. */
export function ReviewPage({ project, userId, role }: ReviewPageProps) {
  const client = useQueryClient()
  const progress = useQuery(reviewProgressQuery(project))
  const { data: categories = [] } = useQuery(definitionsQuery(project))
  const [store] = useState(() =>
    createSessionStore(project, userId, ({ done }) =>
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
  )
  useEffect(() => store.start(), [store])
  useChange(store)
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const [singleKeys] = useSingleKeys()

  const categoryIds = useMemo(() => categories.map(({ id }) => id), [categories])
  const act = useCallback((intent: Intent) => store.act(intent, categoryIds), [store, categoryIds])
  const look = useCallback(() => {
    const { step, panel } = store.getSnapshot()
    return { step, categoryIds, dialog: panel !== null && panel !== 'note' }
  }, [store, categoryIds])
  useKeys({ look, singleKeys, onIntent: act })

  // With nothing at hand the figures may be old: someone else has worked as well.
  const { queue, supply, refused } = snapshot.session
  const idle = queue.length === 0 && supply === 'none'
  const { refetch } = progress
  useEffect(() => {
    if (idle) void refetch()
  }, [idle, refetch])

  return (
    <>
      <TopProgress progress={progress.data} store={store} snapshot={snapshot} />
      <ReviewScreen
        {...{ project, role, store, snapshot, categories, act }}
        progress={progress.data}
      />
      {refused.length > 0 ? (
        <Refusals
          {...{ project, refused, categories }}
          onRead={(id) => {
            store.dismiss(id)
            document.getElementById('main')?.focus({ preventScroll: true })
          }}
        />
      ) : null}
      <Panels store={store} snapshot={snapshot} categories={categories} />
      <p aria-live="polite" className="sr-only">
        {snapshot.announcement}
      </p>
    </>
  )
}

/** `?change=<review>`, from the list of own answers: once, so that a reload does not ask again. */
function useChange(store: SessionStore) {
  const reviewId = useSearchParams().get('change')
  useEffect(() => {
    if (!reviewId) return
    window.history.replaceState(null, '', window.location.pathname)
    store.change(reviewId)
  }, [store, reviewId])
}

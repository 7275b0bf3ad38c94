'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Role } from '@/lib/platform/access'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import type { Intent } from '@/lib/reviews/keys/schema'
import { reviewProgressQuery } from '@/lib/reviews/progress/queries'
import { Panels } from './panels'
import { ReviewScreen } from './review-screen'
import { createSessionStore } from './session-store'
import { TopProgress } from './top-progress'
import { useKeys } from './use-keys'
import { useSingleKeys } from './use-single-keys'

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
              own: known.own + done,
              ownToday: known.ownToday + done,
            }
          : known,
      ),
    ),
  )
  useEffect(() => store.start(), [store])
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
  const { queue, supply } = snapshot.session
  const idle = queue.length === 0 && supply === 'none'
  const { refetch } = progress
  useEffect(() => {
    if (idle) void refetch()
  }, [idle, refetch])

  return (
    <>
      <TopProgress progress={progress.data} session={snapshot.session} onRetry={store.retry} />
      <ReviewScreen
        {...{ project, role, store, snapshot, categories, act }}
        progress={progress.data}
      />
      <Panels store={store} snapshot={snapshot} categories={categories} />
      <p aria-live="polite" className="sr-only">
        {snapshot.announcement}
      </p>
    </>
  )
}

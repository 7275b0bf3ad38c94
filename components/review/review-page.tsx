'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSingleKeys } from '@/components/ui/use-single-keys'
import type { Role } from '@/lib/platform/access'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import type { Panel } from '@/lib/reviews/keys/schema'
import { reviewProgressQuery } from '@/lib/reviews/progress/queries'
import { afterPaint } from './after-paint'
import { loadAhead } from './load-ahead'
import { ReviewWork } from './review-work'
import { createSessionStore, type SessionStore } from './session-store'
import { useActs } from './use-acts'
import { useKeys } from './use-keys'
import { useReveal } from './use-reveal'

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
  const [singleKeys] = useSingleKeys()

  const categoryIds = useMemo(() => categories.map(({ id }) => id), [categories])
  const { revealed, reveal } = useReveal(project, store)
  const act = useActs({ store, categoryIds, revealed, reveal })
  const look = useCallback(() => {
    const { step, panel } = store.getSnapshot()
    return { step, categoryIds, dialog: panel !== null && !IN_PAGE.has(panel) }
  }, [store, categoryIds])
  useKeys({ look, singleKeys, onIntent: act })

  const { refetch } = progress
  const onIdle = useCallback(() => void refetch(), [refetch])
  return (
    <ReviewWork
      {...{ project, role, store, categories, revealed, act, onIdle }}
      progress={progress.data}
    />
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

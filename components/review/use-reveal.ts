import { useCallback, useRef, useState } from 'react'
import { errorMessage } from '@/components/ui/error-message'
import type { Claim } from '@/lib/reviews/queue/schema'
import { revealSuggestion } from '@/lib/reviews/reveal/queries'
import type { SessionStore } from './session-store'

/** What the model said of cases answered blind, by review: only of those that someone asked for. */
export type Revealed = Readonly<Record<string, Claim['suggestion']>>

export const STANDS = 'You have seen what the model said: this answer stands.'

/** "See what the model said", of the last answer; from then on that answer can't be changed. */
export function useReveal(project: string, store: SessionStore) {
  const [revealed, setRevealed] = useState<Revealed>({})
  const asked = useRef('')
  const reveal = useCallback(() => {
    const last = store.getSnapshot().session.past.at(-1)
    if (!last?.after?.revealable || asked.current === last.reviewId) return
    const { reviewId } = last
    asked.current = reviewId
    revealSuggestion(project, { reviewId }).then(
      ({ suggestion }) => setRevealed((known) => ({ ...known, [reviewId]: suggestion })),
      (error: unknown) => {
        asked.current = ''
        const said = errorMessage(error)
        store.set({ hint: said, announcement: said })
      },
    )
  }, [project, store])
  return { revealed, reveal }
}

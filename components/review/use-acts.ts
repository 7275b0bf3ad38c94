import { useCallback } from 'react'
import type { Intent } from '@/lib/reviews/keys/schema'
import { addQuote, readSelection } from './quoting'
import type { SessionStore } from './session-store'
import { type Revealed, STANDS } from './use-reveal'

type Acts = {
  store: SessionStore
  categoryIds: readonly string[]
  revealed: Revealed
  reveal: () => void
}

const KEPT_BLIND = 'A blind review: similar cases come after your answer.'

/** What a key or a button does: most of it to the case in view, some of it with what the page knows. */
export function useActs({ store, categoryIds, revealed, reveal }: Acts) {
  return useCallback(
    (intent: Intent) => {
      const { session, step, panel } = store.getSnapshot()
      const [claim] = session.queue
      const last = session.past.at(-1)
      if (intent.means === 'reveal') return reveal()
      if (intent.means === 'undo' && step.at === 'idle' && last && revealed[last.reviewId]) {
        return store.set({ hint: STANDS, announcement: STANDS })
      }
      const opens = intent.means === 'open' ? intent.panel : null
      if (opens === 'similar' && claim && !claim.suggestion) {
        return store.set({ hint: KEPT_BLIND, announcement: KEPT_BLIND })
      }
      // Opened again, the field takes the focus and what is selected now.
      if (opens === panel && panel !== null) store.set({ panel: null })
      if (opens === 'note' && claim) quoteSelection(store)
      store.act(intent, categoryIds)
    },
    [store, categoryIds, revealed, reveal],
  )
}

function quoteSelection(store: SessionStore) {
  const passage = readSelection(document.querySelector('[data-case]'))
  if (passage === '') return
  store.set({ note: addQuote(store.getSnapshot().note, passage) })
  window.getSelection()?.removeAllRanges()
}

import dynamic from 'next/dynamic'
import { memo } from 'react'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Panel } from '@/lib/reviews/keys/schema'
import {
  loadDefinitionsDialog,
  loadKeysDialog,
  loadSimilarDialog,
  loadSkipDialog,
} from './load-ahead'
import type { SessionStore } from './session-store'

// None of them is needed before its key: they come after the page.
const SkipDialog = dynamic(loadSkipDialog)
const KeysDialog = dynamic(loadKeysDialog)
const SimilarDialog = dynamic(loadSimilarDialog)
const DefinitionsDialog = dynamic(loadDefinitionsDialog)

type PanelsProps = {
  project: string
  store: SessionStore
  panel: Panel | null
  /** The case in view, if any. */
  caseId: string | undefined
  categories: readonly Definition[]
}

/** The one dialog that is open, if any. */
export const Panels = memo(function Panels(props: PanelsProps) {
  const { project, store, panel, caseId, categories } = props
  const onClose = () => store.set({ panel: null })
  switch (panel) {
    case 'skip':
      return caseId ? <SkipDialog onSkip={store.skip} onClose={onClose} /> : null
    case 'keys':
      return <KeysDialog onClose={onClose} />
    case 'definitions':
      return <DefinitionsDialog {...{ project, categories, onClose }} />
    case 'similar':
      return caseId ? <SimilarDialog {...{ project, caseId, onClose }} /> : null
    default:
      return null
  }
})

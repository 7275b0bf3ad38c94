import dynamic from 'next/dynamic'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { SessionStore, Snapshot } from './session-store'

// None of them is needed before its key: they come when asked for.
const SkipDialog = dynamic(() => import('./skip-dialog').then((file) => file.SkipDialog))
const KeysDialog = dynamic(() => import('./keys-dialog').then((file) => file.KeysDialog))
const SearchDialog = dynamic(() => import('./search-dialog').then((file) => file.SearchDialog))
const DefinitionsDialog = dynamic(() =>
  import('./definitions-dialog').then((file) => file.DefinitionsDialog),
)

type PanelsProps = { store: SessionStore; snapshot: Snapshot; categories: readonly Definition[] }

/** The one dialog that is open, if any. */
export function Panels({ store, snapshot, categories }: PanelsProps) {
  const onClose = () => store.set({ panel: null })
  const hasCase = snapshot.session.queue.length > 0
  switch (snapshot.panel) {
    case 'skip':
      return hasCase ? <SkipDialog onSkip={store.skip} onClose={onClose} /> : null
    case 'keys':
      return <KeysDialog onClose={onClose} />
    case 'definitions':
      return <DefinitionsDialog categories={categories} onClose={onClose} />
    case 'search':
      return (
        <SearchDialog
          categories={categories}
          onClose={onClose}
          onChoose={(labelId) => {
            onClose()
            store.act(
              { means: 'label', labelId },
              categories.map(({ id }) => id),
            )
          }}
        />
      )
    default:
      return null
  }
}

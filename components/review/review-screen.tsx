import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import type { Role } from '@/lib/platform/access'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import { CasePane } from './case-pane'
import { FormerAnswer } from './former-answer'
import { LastAnswer } from './last-answer'
import { NothingLeft } from './nothing-left'
import type { SessionStore, Snapshot } from './session-store'
import { SuggestionPane } from './suggestion-pane'

type ReviewScreenProps = {
  project: string
  role: Role
  progress: ReviewProgress | undefined
  store: SessionStore
  snapshot: Snapshot
  categories: readonly Definition[]
  act: (intent: Intent) => void
}

/** Case and suggestion side by side; on a phone the suggestion is a sheet at the bottom. */
export function ReviewScreen(props: ReviewScreenProps) {
  const { project, role, progress, store, snapshot, categories, act } = props
  const { session } = snapshot
  const [claim] = session.queue
  const home = useRef<HTMLElement>(null)
  const goHome = useCallback(() => home.current?.focus({ preventScroll: true }), [])
  const setFolded = useCallback((folded: boolean) => store.set({ folded }), [store])

  // A new case begins at its top, with the focus on it: never on a button of the case before.
  const shown = claim?.assignmentId
  useLayoutEffect(() => {
    if (!shown) return
    window.scrollTo(0, 0)
    goHome()
  }, [shown, goHome])
  // What was begun with a click goes on with keys: Enter must not click the same button again.
  const { at } = snapshot.step
  useLayoutEffect(() => {
    if (at !== 'idle') goHome()
  }, [at, goHome])
  // A dialog gives the focus back to where it was; that may have gone meanwhile.
  const { panel } = snapshot
  useEffect(() => {
    if (panel !== null) return
    const timer = setTimeout(() => document.activeElement === document.body && goHome(), 50)
    return () => clearTimeout(timer)
  }, [panel, goHome])

  if (!claim) {
    return (
      <div className="mx-auto w-full max-w-2xl px-4 py-12">
        <h1 className="sr-only">Review</h1>
        <Waiting {...{ project, role, progress, snapshot }} />
        {session.past.length > 0 ? (
          <div className="mt-4">
            <LastAnswer last={session.past.at(-1)} categories={categories} act={act} />
          </div>
        ) : null}
      </div>
    )
  }
  return (
    <div className="flex flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_24.75rem]">
      <div className="min-w-0 flex-1">
        <CasePane
          ref={home}
          item={claim.case}
          place={claim.suggestion?.evidencePlace ?? null}
          folded={snapshot.folded}
          onFoldedChange={setFolded}
        />
      </div>
      <SuggestionPane
        {...{ suggestion: claim.suggestion, categories, snapshot, act }}
        onNote={(note) => store.set({ note })}
        onNoteDone={() => {
          store.set({ panel: null })
          goHome()
        }}
      >
        <div className="mt-auto grid gap-1 border-line lg:border-t lg:pt-3">
          <FormerAnswer session={session} categories={categories} />
          <div className={session.past.length > 0 ? '' : ONLY_OPEN}>
            <LastAnswer last={session.past.at(-1)} categories={categories} act={act} />
          </div>
          <div className={`flex gap-1 ${ONLY_OPEN}`}>
            <Button
              size="sm"
              variant="ghost"
              kbd="G"
              className="-ml-2.5"
              onClick={() => act({ means: 'open', panel: 'definitions' })}
            >
              Definitions
            </Button>
            <Button
              size="sm"
              variant="ghost"
              kbd="?"
              className="hidden lg:inline-flex"
              onClick={() => act({ means: 'open', panel: 'keys' })}
            >
              Keys
            </Button>
          </div>
        </div>
      </SuggestionPane>
    </div>
  )
}

/** In view on a screen, and in the sheet of a phone once it is open. */
const ONLY_OPEN = 'max-lg:group-data-[open=false]:hidden'

type WaitingProps = Pick<ReviewScreenProps, 'project' | 'role' | 'progress' | 'snapshot'>

function Waiting({ project, role, progress, snapshot }: WaitingProps) {
  if (snapshot.claimFailure) {
    return (
      <Notice tone="bad" title="The next cases could not be fetched">
        {errorMessage(snapshot.claimFailure)} Trying again by itself.
      </Notice>
    )
  }
  if (snapshot.session.supply === 'none') {
    return <NothingLeft project={project} role={role} progress={progress} />
  }
  return (
    <div role="status" aria-label="Fetching the next cases" className="grid gap-4">
      <Skeleton className="h-7 w-3/5" />
      <Skeleton className="w-2/5" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-24 w-full" />
    </div>
  )
}

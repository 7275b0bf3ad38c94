import dynamic from 'next/dynamic'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { cx } from '@/components/ui/cx'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import type { Role } from '@/lib/platform/access'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import type { Session } from '@/lib/reviews/session/schema'
import { CasePane } from './case-pane'
import { HighlightField } from './highlight-field'
import { LastAnswer } from './last-answer'
import { loadNothingLeft, loadTrainingBanner } from './load-ahead'
import { PaneFooter } from './pane-footer'
import type { SessionStore, Snapshot } from './session-store'
import { SuggestionPane } from './suggestion-pane'
import { useHighlightWords } from './use-highlight-words'
import type { Revealed } from './use-reveal'

// Most people see neither while they work.
const NothingLeft = dynamic(loadNothingLeft)
/** Keeps its height from the start, so that no case moves when it comes. */
const TrainingBanner = dynamic(loadTrainingBanner, {
  loading: () => <div className="min-h-12 border-line border-b bg-accent-soft" />,
})

type ReviewScreenProps = {
  project: string
  role: Role
  progress: ReviewProgress | undefined
  store: SessionStore
  snapshot: Snapshot
  /** The session as it was before the last frame, for what need not come with the next case. */
  settled: Session
  categories: readonly Definition[]
  revealed: Revealed
  act: (intent: Intent) => void
}

/** Case and suggestion side by side; on a phone the suggestion is a sheet at the bottom. */
export function ReviewScreen(props: ReviewScreenProps) {
  const { project, store, snapshot, settled, categories, revealed, act } = props
  const { session, panel, training } = snapshot
  const [claim] = session.queue
  const home = useRef<HTMLElement>(null)
  const highlight = useHighlightWords(project)
  const goHome = useCallback(() => {
    if (document.activeElement !== home.current) home.current?.focus({ preventScroll: true })
  }, [])
  const leaveField = useCallback(() => {
    store.set({ panel: null })
    goHome()
  }, [store, goHome])
  const setFolded = useCallback((folded: boolean) => store.set({ folded }), [store])
  const hasScrolled = useHasScrolled()

  // A new case begins at its top, with the focus on it: never on a button of the case before.
  const shown = claim?.assignmentId
  const hadCase = useRef(false)
  useLayoutEffect(() => {
    if (!shown) {
      // The focus was in the case that is gone; what is said instead takes it.
      if (hadCase.current && document.activeElement === document.body) goHome()
      return
    }
    hadCase.current = true
    if (hasScrolled()) window.scrollTo(0, 0)
    goHome()
  }, [shown, goHome, hasScrolled])
  // What was begun with a click goes on with keys: Enter must not click the same button again. Who
  // searches for the label goes on searching for the second choice.
  const { at } = snapshot.step
  useLayoutEffect(() => {
    if (at !== 'idle' && store.getSnapshot().panel !== 'search') goHome()
  }, [at, store, goHome])
  // A dialog gives the focus back to where it was; that may have gone meanwhile.
  useEffect(() => {
    if (panel !== null) return
    const timer = setTimeout(() => document.activeElement === document.body && goHome(), 50)
    return () => clearTimeout(timer)
  }, [panel, goHome])

  const banner = training ? <TrainingBanner training={training} /> : null
  if (!claim) {
    return (
      <>
        {banner}
        <section
          ref={home}
          tabIndex={-1}
          className="mx-auto w-full max-w-2xl px-4 py-12 outline-none"
        >
          <h1 className="sr-only">Review</h1>
          {training?.wait ? null : <Waiting {...props} />}
          {session.past.length > 0 ? (
            <div className="mt-4">
              <LastAnswer last={session.past.at(-1)} {...{ categories, revealed, act }} />
            </div>
          ) : null}
        </section>
      </>
    )
  }
  return (
    <>
      {banner}
      <div
        className={cx(
          'flex flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_24.75rem]',
          // The top bar and the banner.
          banner && 'lg:[--above:6rem]',
        )}
      >
        <div className="min-w-0 flex-1">
          <CasePane
            ref={home}
            queue={session.queue}
            prepared={settled.queue}
            folded={snapshot.folded}
            words={highlight.words}
            onFoldedChange={setFolded}
          >
            <HighlightField
              item={claim.case}
              highlight={highlight}
              wanted={panel === 'highlight'}
              onWantedChange={(wanted) => {
                if (wanted !== (panel === 'highlight'))
                  store.set({ panel: wanted ? 'highlight' : null })
              }}
              onDone={leaveField}
            />
          </CasePane>
        </div>
        <SuggestionPane {...{ claim, categories, store, snapshot, act }} onLeave={leaveField}>
          <PaneFooter {...{ project, categories, revealed, act }} session={settled} />
        </SuggestionPane>
      </div>
    </>
  )
}

/** Whether the window may have been scrolled; asking the window itself would lay the page out at once. */
function useHasScrolled(): () => boolean {
  const scrolled = useRef(false)
  useEffect(() => {
    const onScroll = () => {
      scrolled.current = window.scrollY > 0
    }
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => window.removeEventListener('scroll', onScroll)
  }, [])
  return useCallback(() => scrolled.current, [])
}

function Waiting({ project, role, progress, snapshot }: ReviewScreenProps) {
  if (snapshot.claimFailure) {
    return (
      <Notice tone="bad" title="The next cases could not be fetched">
        {errorMessage(snapshot.claimFailure)} Trying again by itself.
      </Notice>
    )
  }
  if (snapshot.session.supply === 'none') {
    return <NothingLeft {...{ project, role, progress }} handout={snapshot.handout} />
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

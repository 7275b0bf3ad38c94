import { TopBar } from '@/components/layout/top-bar'
import { count } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import type { ReviewProgress } from '@/lib/reviews/progress/schema'
import { countConflicts, FIRST_CONFLICT } from './conflict'
import { OwnProgress } from './own-progress'
import { SavedState } from './saved-state'
import type { SessionStore, Snapshot } from './session-store'

type TopProgressProps = {
  progress: ReviewProgress | undefined
  store: SessionStore
  /** As it was before the last frame: none of it need come with the next case. */
  snapshot: Snapshot
  /** Something said is not safe yet, as of now. */
  busy: boolean
}

/** How far the work is, and whether everything said so far is safe. */
export function TopProgress({ progress, store, snapshot, busy }: TopProgressProps) {
  const { done, left, ownToday } = progress ?? { done: 0, left: 0, ownToday: 0 }
  const { outbox, refused, failure } = snapshot.session
  const total = done + left
  return (
    <TopBar>
      <section
        aria-label="Progress"
        aria-busy={busy}
        className="flex flex-wrap items-center gap-x-3 sm:gap-x-4"
      >
        <Progress
          value={done}
          max={total}
          label="Reviews done"
          // Moves by less than a pixel a case: frames that nobody sees would hold up the next key.
          className="hidden w-28 *:transition-none sm:block lg:hidden xl:block xl:w-24 2xl:w-44"
        />
        <OwnProgress {...{ store, ownToday }} handout={snapshot.handout}>
          {`${count(done)} of ${count(total)}`}
        </OwnProgress>
        {refused.length > 0 ? (
          <a className="link whitespace-nowrap text-bad" href={`#${FIRST_CONFLICT}`}>
            {countConflicts(refused.length)}
          </a>
        ) : null}
        <SavedState
          waiting={outbox.length}
          failure={failure}
          durable={snapshot.durable}
          onRetry={store.retry}
        />
      </section>
    </TopBar>
  )
}

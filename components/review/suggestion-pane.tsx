import { ChevronDown, ChevronUp } from 'lucide-react'
import { memo, useCallback, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { Claim } from '@/lib/reviews/queue/schema'
import { Actions } from './actions'
import { KEYED, LabelList } from './label-list'
import { NextKey } from './next-key'
import { NoteField } from './note-field'
import type { SessionStore, Snapshot } from './session-store'
import { BlindHeading, SuggestionHeading } from './suggestion-heading'
import { Thumbs } from './thumbs'

type SuggestionPaneProps = {
  claim: Claim
  categories: readonly Definition[]
  store: SessionStore
  snapshot: Snapshot
  act: (intent: Intent) => void
  /** Gives the focus back to the case, and the keys with it. */
  onLeave: () => void
  /** What stands below: the last answer, and what is seldom needed. */
  children: React.ReactNode
}

/** Everything that can be said of the case: beside it on a screen, a sheet below it on a phone. */
export function SuggestionPane(props: SuggestionPaneProps) {
  const { claim, categories, store, snapshot, act, onLeave, children } = props
  const { suggestion } = claim
  const { step, note, hint, panel } = snapshot
  // On a phone the labels make way for the text until they are wanted.
  const [open, setOpen] = useState(false)
  const shown = open || step.at !== 'idle' || panel === 'note' || panel === 'search'
  const onSearching = useCallback(
    (searching: boolean) => {
      if (searching !== (store.getSnapshot().panel === 'search'))
        store.set({ panel: searching ? 'search' : null })
    },
    [store],
  )
  const nameOf = (id: string | null) => categories.find((category) => category.id === id)?.name
  return (
    <section
      aria-label="Suggestion"
      data-open={shown}
      className="group sticky bottom-0 z-20 flex max-h-[78dvh] flex-col gap-3 overflow-y-auto overscroll-contain border-line border-t bg-surface px-4 pt-3 pb-4 shadow-float *:shrink-0 sm:px-6 lg:top-12 lg:h-[calc(100dvh-var(--above,3rem))] lg:max-h-none lg:border-t-0 lg:border-l lg:pt-6 lg:shadow-none max-sm:[&_kbd]:hidden"
    >
      <div className="flex items-start justify-between gap-3">
        {/* Both stay, out of sight by turns: a key that goes from one to the other has nothing to make. */}
        <SuggestionHeading
          name={suggestion ? (nameOf(suggestion.labelId) ?? 'No valid label') : ''}
          versionNumber={suggestion?.versionNumber ?? null}
          standIn={suggestion?.standIn ?? false}
          hidden={!suggestion}
        />
        <BlindHeading hidden={!!suggestion} />
        <Opener blind={!suggestion} shown={shown} onChange={setOpen} />
      </div>
      <p
        hidden={!suggestion?.explanation}
        className={cx(
          'wrap-anywhere text-[15px] leading-6',
          !shown && 'line-clamp-2 lg:line-clamp-none',
        )}
      >
        {suggestion?.explanation}
      </p>
      <Thumbs
        hidden={!suggestion}
        canAgree={suggestion?.labelId != null}
        down={step.at === 'thumbs_down'}
        act={act}
      />
      <div
        className={cx(
          'flex min-h-0 flex-col gap-1',
          // Many labels scroll in a box of their own, so that what else can be said stays in view.
          categories.length > KEYED && 'shrink!',
          !shown && 'max-lg:hidden',
        )}
      >
        <NextKey
          {...{ step, hint, act }}
          blind={!suggestion}
          chosen={step.at === 'second_choice' ? nameOf(step.labelId) : undefined}
        />
        <LabelList
          {...{ categories, step, act, onLeave }}
          suggestedId={suggestion?.labelId ?? null}
          assignmentId={claim.assignmentId}
          searching={panel === 'search'}
          onSearchingChange={onSearching}
        />
      </div>
      <div className={cx('flex flex-wrap gap-1.5 sm:gap-2', shown ? '' : 'max-lg:hidden')}>
        <Actions
          blind={!suggestion}
          hasLabel={suggestion?.labelId != null}
          noted={note.trim() !== '' && panel !== 'note'}
          act={act}
        />
      </div>
      {panel === 'note' ? (
        <NoteField note={note} onChange={(next) => store.set({ note: next })} onDone={onLeave} />
      ) : null}
      {note.trim() && panel !== 'note' ? (
        <p className="wrap-anywhere line-clamp-3 whitespace-pre-wrap border-accent border-l-2 pl-3 text-[13px] text-muted">
          {note}
        </p>
      ) : null}
      {children}
    </section>
  )
}

type OpenerProps = { blind: boolean; shown: boolean; onChange: (open: boolean) => void }

/** On a phone only. */
const Opener = memo(function Opener({ blind, shown, onChange }: OpenerProps) {
  return (
    <Button
      size="sm"
      // Blind, the labels are all there is to press.
      variant={blind && !shown ? 'primary' : 'ghost'}
      className="h-10 lg:hidden"
      aria-expanded={shown}
      onClick={() => onChange(!shown)}
    >
      {shown ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
      {shown ? 'Less' : 'Labels'}
    </Button>
  )
})

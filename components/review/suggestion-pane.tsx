import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { StandIn } from '@/components/ui/stand-in'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { Claim } from '@/lib/reviews/queue/schema'
import { LabelList } from './label-list'
import { NextKey } from './next-key'
import { NoteField } from './note-field'
import type { Snapshot } from './session-store'
import { Thumbs } from './thumbs'

type SuggestionPaneProps = {
  suggestion: Claim['suggestion']
  categories: readonly Definition[]
  snapshot: Snapshot
  act: (intent: Intent) => void
  onNote: (note: string) => void
  onNoteDone: () => void
  children: React.ReactNode
}

/** Everything that can be said of the case: beside it on a screen, a sheet below it on a phone. */
export function SuggestionPane(props: SuggestionPaneProps) {
  const { suggestion, categories, snapshot, act, onNote, onNoteDone, children } = props
  const { step, note, hint, panel } = snapshot
  // On a phone the labels make way for the text until they are wanted.
  const [open, setOpen] = useState(false)
  const shown = open || step.at !== 'idle' || panel === 'note'
  return (
    <section
      aria-label="Suggestion"
      data-open={shown}
      className="group sticky bottom-0 z-20 flex max-h-[70dvh] flex-col gap-3 overflow-y-auto border-line border-t bg-surface px-4 pt-3 pb-4 shadow-float sm:px-6 lg:top-12 lg:h-[calc(100dvh-3rem)] lg:max-h-none lg:border-t-0 lg:border-l lg:pt-6 lg:shadow-none max-sm:[&_kbd]:hidden"
    >
      <div className="flex items-start justify-between gap-3">
        <Heading suggestion={suggestion} categories={categories} />
        <Button
          size="sm"
          // Blind, the labels are all there is to press.
          variant={suggestion || shown ? 'ghost' : 'primary'}
          className="h-10 lg:hidden"
          aria-expanded={shown}
          onClick={() => setOpen(!shown)}
        >
          {shown ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
          {shown ? 'Less' : 'Labels'}
        </Button>
      </div>
      {suggestion?.explanation ? (
        <p
          className={cx(
            'wrap-anywhere text-[15px] leading-6',
            !shown && 'line-clamp-2 lg:line-clamp-none',
          )}
        >
          {suggestion.explanation}
        </p>
      ) : null}
      {suggestion ? (
        <Thumbs canAgree={suggestion.labelId !== null} down={step.at === 'thumbs_down'} act={act} />
      ) : null}
      <div className={cx('grid gap-1', shown ? '' : 'hidden lg:grid')}>
        <NextKey step={step} blind={!suggestion} hint={hint} act={act} />
        <LabelList
          categories={categories}
          suggestedId={suggestion?.labelId ?? null}
          step={step}
          onChoose={(labelId) => act({ means: 'label', labelId })}
        />
      </div>
      <div className={cx('flex flex-wrap gap-1.5 sm:gap-2', shown ? '' : 'hidden lg:flex')}>
        <Button size="sm" kbd="C" className={ACTION} onClick={() => act({ means: 'close_call' })}>
          Close call
        </Button>
        {suggestion ? (
          <Button
            size="sm"
            kbd="E"
            className={ACTION}
            disabled={suggestion.labelId === null}
            onClick={(event) => event.detail < 2 && act({ means: 'wrong_reason' })}
          >
            Right label, wrong reason
          </Button>
        ) : null}
        <Button
          size="sm"
          kbd="N"
          className={ACTION}
          onClick={() => act({ means: 'open', panel: 'note' })}
        >
          {note.trim() && panel !== 'note' ? <Dot /> : null}
          Note
        </Button>
        <Button
          size="sm"
          kbd="S"
          className={ACTION}
          onClick={() => act({ means: 'open', panel: 'skip' })}
        >
          Skip
        </Button>
        {categories.length > 9 ? (
          <Button
            size="sm"
            kbd="/"
            className={ACTION}
            onClick={() => act({ means: 'open', panel: 'search' })}
          >
            Search
          </Button>
        ) : null}
      </div>
      {panel === 'note' ? <NoteField note={note} onChange={onNote} onDone={onNoteDone} /> : null}
      {note.trim() && panel !== 'note' ? (
        <p className="wrap-anywhere border-accent border-l-2 pl-3 text-[13px] text-muted">{note}</p>
      ) : null}
      {children}
    </section>
  )
}

/** Four of them side by side on a phone. */
const ACTION = 'h-9 max-sm:px-1.5'

const Dot = () => <span aria-hidden className="size-2 rounded-full bg-accent" />

type HeadingProps = Pick<SuggestionPaneProps, 'suggestion' | 'categories'>

function Heading({ suggestion, categories }: HeadingProps) {
  if (!suggestion) {
    return (
      <div>
        <p className="text-muted text-xs">Blind review</p>
        <h2 className="font-semibold text-lg leading-tight tracking-tight lg:text-xl">
          Say what you think
        </h2>
      </div>
    )
  }
  const label = categories.find(({ id }) => id === suggestion.labelId)
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2 text-muted text-xs">
        <span>
          Suggestion
          {suggestion.versionNumber === null ? '' : ` · prompt v${suggestion.versionNumber}`}
        </span>
        {suggestion.standIn ? <StandIn /> : null}
      </div>
      <h2 className="wrap-anywhere font-semibold text-lg leading-tight tracking-tight lg:mt-1 lg:text-xl">
        {label?.name ?? 'No valid label'}
      </h2>
    </div>
  )
}

'use client'
import { Redo2, Undo2 } from 'lucide-react'
import { type ReactNode, useCallback, useEffect } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { nameParts, partsOf } from '@/lib/versions/drafts/merging/rules'
import { explainUnsendable } from '@/lib/versions/drafts/queue/rules'
import type { Turn } from '@/lib/versions/drafts/undo/rules'
import { watchComposing } from './composing'
import { News } from './news'
import { OthersHere } from './others-here'
import type { Draft } from './use-draft'
import type { usePresence } from './use-presence'
import { useUndoKeys } from './use-undo-keys'

type DraftToolbarProps = {
  draft: Draft
  others: ReturnType<typeof usePresence>
  children?: ReactNode
}

/** Undo, whether all is saved, and who else is here: in view wherever one is on the page. */
export function DraftToolbar({ draft, others, children }: DraftToolbarProps) {
  const { keeper, history } = draft
  const undo = useCallback(() => say('undone', keeper.undo(), keeper.read().shown), [keeper])
  const redo = useCallback(() => say('done again', keeper.redo(), keeper.read().shown), [keeper])
  useUndoKeys(undo, redo)
  useEffect(watchComposing, [])
  return (
    <div className="-mx-4 sm:-mx-6 sticky top-[5.75rem] z-20 grid gap-1 border-line border-b bg-canvas px-4 py-1.5 sm:px-6 lg:top-12">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <div className="flex">
          <Button
            size="sm"
            variant="ghost"
            aria-label="Undo"
            aria-keyshortcuts="Control+Z Meta+Z"
            title="Undo (Ctrl Z)"
            aria-disabled={history.past.length === 0 || undefined}
            onClick={undo}
          >
            <Undo2 aria-hidden />
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label="Redo"
            aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
            title="Redo (Ctrl Shift Z)"
            aria-disabled={history.future.length === 0 || undefined}
            onClick={redo}
          >
            <Redo2 aria-hidden />
          </Button>
        </div>
        <SavedState draft={draft} />
        <News news={draft.news} />
        <OthersHere others={others} />
      </div>
      {children}
    </div>
  )
}

/** Says in a word what an undo came to, as what it changed may be out of view. */
function say(how: string, turn: Turn | null, shown: Draft['shown']): void {
  if (!turn) return
  const parts = nameParts(turn.parts, shown)
  const inHand = document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset.part
  // In the text at hand it is seen.
  if (!turn.blocked && parts === inHand) return
  if (turn.blocked) {
    toast.warning(`Someone has changed ${parts} since, so that can’t be ${how}.`)
  } else {
    toast(`Change of ${parts} ${how}.`, { id: 'undo', duration: 2_000 })
  }
}

function SavedState({ draft }: { draft: Draft }) {
  const { pending, sending, trouble, clashes, refused, shown } = draft
  const tooLong = pending.filter((step) => explainUnsendable(step) !== null)
  const isStuck = trouble !== null || clashes.length + refused.length + tooLong.length > 0
  if (isStuck && pending.length > 0) {
    return (
      <p
        role="status"
        className="min-w-0 grow basis-40 font-medium sm:grow-0 sm:basis-auto text-[13px] text-warn"
      >
        Not saved: {nameParts(pending.flatMap(partsOf), shown)}
      </p>
    )
  }
  return (
    <p
      role="status"
      className="min-w-0 grow basis-0 truncate text-muted text-xs sm:grow-0 sm:basis-auto sm:text-[13px]"
    >
      {sending || pending.length > 0 ? (
        'Saving…'
      ) : (
        <>
          Saved <Time iso={shown.savedAt} />
          {shown.savedBy ? ` by ${shown.savedBy}` : ''}
        </>
      )}
    </p>
  )
}

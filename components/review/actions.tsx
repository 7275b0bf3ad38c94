import { memo } from 'react'
import { Button } from '@/components/ui/button'
import type { Intent } from '@/lib/reviews/keys/schema'

type ActionsProps = {
  blind: boolean
  /** There is a label whose reason could be wrong. */
  hasLabel: boolean
  /** A note is written and out of view. */
  noted: boolean
  act: (intent: Intent) => void
}

/** What else can be said of a case. */
export const Actions = memo(function Actions({ blind, hasLabel, noted, act }: ActionsProps) {
  return (
    <>
      <Button size="sm" kbd="C" className={ACTION} onClick={() => act({ means: 'close_call' })}>
        Close call
      </Button>
      <Button
        size="sm"
        kbd="E"
        hidden={blind}
        className={ACTION}
        disabled={!hasLabel}
        onClick={(event) => event.detail < 2 && act({ means: 'wrong_reason' })}
      >
        Right label, wrong reason
      </Button>
      <Button
        size="sm"
        kbd="N"
        className={ACTION}
        onClick={() => act({ means: 'open', panel: 'note' })}
      >
        {noted ? <span aria-hidden className="size-2 rounded-full bg-accent" /> : null}
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
    </>
  )
})

/** Four of them side by side on a phone. */
const ACTION = 'h-9 max-sm:px-1.5'

import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Kbd } from '@/components/ui/kbd'
import type { Intent } from '@/lib/reviews/keys/schema'

type ThumbsProps = {
  /** A blind review has nothing to agree with. */
  hidden: boolean
  canAgree: boolean
  down: boolean
  act: (intent: Intent) => void
}

export const Thumbs = memo(function Thumbs(props: ThumbsProps) {
  const { hidden, canAgree, down, act } = props
  return (
    <div className="grid grid-cols-2 gap-2.5" hidden={hidden}>
      <Thumb
        className="bg-good-soft text-good hover:bg-good hover:text-surface"
        shortcut="A"
        disabled={!canAgree}
        onClick={() => act({ means: 'thumbs_up' })}
      >
        <ThumbsUp aria-hidden />
        Thumbs up
      </Thumb>
      <Thumb
        className={cx(
          'bg-bad-soft text-bad hover:bg-bad hover:text-surface',
          down && 'bg-bad text-surface',
        )}
        shortcut="D"
        pressed={down}
        onClick={() => act({ means: 'thumbs_down' })}
      >
        <ThumbsDown aria-hidden />
        Thumbs down
      </Thumb>
    </div>
  )
})

type ThumbProps = {
  shortcut: string
  pressed?: boolean
  disabled?: boolean
  className: string
  onClick: () => void
  children: ReactNode
}

function Thumb({ shortcut, pressed, disabled, className, onClick, children }: ThumbProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      onClick={(event) => {
        // The second click of a double click would fall on the next case.
        if (event.detail < 2) onClick()
      }}
      className={cx(
        'flex h-12 min-w-0 select-none items-center justify-center gap-2 rounded-lg px-1 font-semibold transition-colors duration-100 disabled:opacity-45 disabled:hover:bg-good-soft disabled:hover:text-good [&_svg]:size-4',
        className,
      )}
    >
      {children}
      <span aria-hidden className="hidden sm:contents">
        <Kbd>{shortcut}</Kbd>
      </span>
    </button>
  )
}

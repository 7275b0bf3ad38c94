import type { ReactNode } from 'react'
import { cx } from './cx'

/** A key of the keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-[5px] border border-line border-b-2 bg-surface px-1 font-mono text-[11px] text-muted leading-none',
        className,
      )}
    >
      {children}
    </kbd>
  )
}

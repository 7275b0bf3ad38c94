'use client'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cx } from './cx'
import { Kbd } from './kbd'

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line bg-surface text-ink hover:bg-sunken',
  ghost: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'bg-bad-soft text-bad hover:bg-bad hover:text-surface',
}

const SIZES = {
  sm: 'h-7 gap-1.5 rounded-md px-2.5 text-[13px]',
  md: 'h-9 gap-2 rounded-lg px-3.5 text-sm',
}

export type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
  /** At work: clicks do nothing, the focus stays. */
  busy?: boolean
  /** The key that does the same; shown, told to screen readers, not part of the name. */
  kbd?: string
  /** Gives the looks to the one child, for links that look like buttons. */
  asChild?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'md',
  busy = false,
  kbd,
  asChild = false,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const classes = cx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors duration-100',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-60',
    '[&_svg]:size-4 [&_svg]:shrink-0',
    VARIANTS[variant],
    SIZES[size],
    className,
  )
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button
      type="button"
      className={classes}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={kbd}
      onClick={(event) => {
        // Also stops Enter in a form, which clicks its submit button.
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
      {...props}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
      {kbd ? (
        <span aria-hidden className="contents">
          <Kbd>{kbd}</Kbd>
        </span>
      ) : null}
    </button>
  )
}

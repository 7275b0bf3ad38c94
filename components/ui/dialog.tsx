'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { cx } from './cx'
import { Scroller } from './scroller'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** The buttons: what to do last, what to leave with before it. */
  footer?: ReactNode
  className?: string
}

/**
 * Holds the focus while open and gives it back where it was. It begins at what has
 * `data-first-focus`, else at the first thing that can have it.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  className,
}: DialogProps) {
  const opener = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            const content = event.currentTarget instanceof Element ? event.currentTarget : null
            const first = content?.querySelector<HTMLElement>('[data-first-focus]')
            if (!first) return
            event.preventDefault()
            first.focus()
          }}
          onCloseAutoFocus={(event) => {
            // Radix gives the focus back to a trigger of its own only, and these dialogs have none.
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          className={cx(
            '-translate-x-1/2 fixed animate-appear top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[calc(100vw-2rem)] max-w-lg flex-col rounded-xl border border-line bg-surface shadow-float',
            className,
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-[13px] text-muted">
                  {description}
                </Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mr-1.5 rounded-md p-1.5 text-muted hover:bg-sunken hover:text-ink"
            >
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </header>
          {children ? (
            <Scroller
              label={typeof title === 'string' ? title : 'Dialog'}
              className="-mt-1 min-h-0 overflow-y-auto px-5 pt-1 pb-5"
            >
              <div>{children}</div>
            </Scroller>
          ) : null}
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

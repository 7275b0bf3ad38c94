'use client'
import { Slot } from 'radix-ui'
import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

// Not Radix's: its placing engine weighs 16 KB on every page that says "stand-in" once.

const CLOSE_AFTER_MS = 120
/** Closer to the upper edge of the window than this many pixels it opens below. */
const ROOM_ABOVE = 64

/** A sentence more on its one child, which must be something that takes focus. Esc hides it. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  const id = useId()
  const [style, setStyle] = useState<CSSProperties | null>(null)
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isOpen = style !== null

  const hide = () => setStyle(null)
  const keep = () => clearTimeout(closing.current)
  // So that the pointer can travel onto the sentence itself.
  const hideSoon = () => {
    keep()
    closing.current = setTimeout(hide, CLOSE_AFTER_MS)
  }
  const show = (event: { currentTarget: Element }) => {
    keep()
    setStyle(placeBeside(event.currentTarget.getBoundingClientRect()))
  }

  useEffect(() => {
    if (!isOpen) return
    const close = () => setStyle(null)
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close()
    }
    addEventListener('keydown', closeOnEscape)
    addEventListener('scroll', close, true)
    return () => {
      clearTimeout(closing.current)
      removeEventListener('keydown', closeOnEscape)
      removeEventListener('scroll', close, true)
    }
  }, [isOpen])

  return (
    <>
      <Slot.Root
        aria-describedby={isOpen ? id : undefined}
        onPointerEnter={show}
        onPointerLeave={hideSoon}
        onFocus={show}
        onBlur={hide}
      >
        {children}
      </Slot.Root>
      {isOpen
        ? createPortal(
            <div
              id={id}
              role="tooltip"
              style={style}
              onPointerEnter={keep}
              onPointerLeave={hideSoon}
              className="fixed z-50 w-max max-w-64 rounded-md bg-ink px-2.5 py-1.5 text-canvas text-xs shadow-float"
            >
              {content}
            </div>,
            document.body,
          )
        : null}
    </>
  )
}

/** Above the middle of the child, or below it, and never beyond the sides of the window. */
function placeBeside({ left, width, top, bottom }: DOMRect): CSSProperties {
  const isAbove = top > ROOM_ABOVE
  return {
    left: `clamp(8.5rem, ${left + width / 2}px, calc(100vw - 8.5rem))`,
    top: isAbove ? top - 6 : bottom + 6,
    translate: isAbove ? '-50% -100%' : '-50%',
  }
}

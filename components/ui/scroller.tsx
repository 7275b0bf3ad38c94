'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cx } from './cx'

/**
 * Scrolls inside itself, sideways unless told otherwise; can be reached by keyboard only while there is
 * something to scroll.
 * `relative`, so that what is hidden for readers only (positioned) scrolls too and widens no page.
 */
export function Scroller({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setOverflows(
        element.scrollWidth > element.clientWidth ||
          element.scrollHeight > element.clientHeight + 1,
      ),
    )
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  return (
    <div
      ref={box}
      className={cx('relative overflow-x-auto', overflows && 'scroll-shade', className)}
      {...(overflows ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      {children}
    </div>
  )
}

'use client'
import { useSyncExternalStore } from 'react'
import { cx } from './cx'
import { dateTime, localDateTime } from './figures'

const never = () => () => undefined

/** A moment in the person's own time zone; in UTC until the browser has taken over. */
export function Time({ iso, className }: { iso: string; className?: string }) {
  const text = useSyncExternalStore(
    never,
    () => localDateTime(iso),
    () => dateTime(iso),
  )
  return (
    <time dateTime={iso} title={dateTime(iso)} className={cx('whitespace-nowrap', className)}>
      {text}
    </time>
  )
}

import { cx } from './cx'

/** Stands where something is about to be. `className` gives its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('h-4 animate-wait rounded-md bg-sunken', className)} />
}

import { cx } from './cx'

type ProgressProps = { value: number; max: number; label: string; className?: string }

/** A bar; the figures stand beside it where they matter. */
export function Progress({ value, max, label, className }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cx('h-1.5 w-full overflow-hidden rounded-full bg-sunken', className)}
    >
      <div
        // Moved, not widened, which would lay the page out again in every frame of the transition.
        className="h-full rounded-full bg-accent transition-transform duration-300"
        style={{ translate: `${(share - 1) * 100}%` }}
      />
    </div>
  )
}

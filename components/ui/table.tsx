import type { ComponentProps } from 'react'
import { cx } from './cx'
import { Scroller } from './scroller'

/**
 * A table that scrolls sideways inside its card. `label` names it for screen readers; `long`: shown a
 * part at a time; `pinned`: its first column, of 16 rem at most, stays, and nothing that has the focus
 * lies below it.
 */
export function Table({
  className,
  label = 'Table',
  long = false,
  pinned = false,
  ...props
}: ComponentProps<'table'> & { label?: string; long?: boolean; pinned?: boolean }) {
  return (
    <Scroller
      label={label}
      className={cx(
        '-mx-1.5',
        long && 'max-h-96 overflow-y-auto',
        pinned && 'scroll-pl-40 sm:scroll-pl-66',
      )}
    >
      <table
        aria-label={label === 'Table' ? undefined : label}
        className={cx('w-full border-collapse text-[13px]', className)}
        {...props}
      />
    </Scroller>
  )
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cx('border-line border-b', className)} {...props} />
}

export const TableBody = (props: ComponentProps<'tbody'>) => <tbody {...props} />

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cx('border-line border-b last:border-b-0', className)} {...props} />
}

/** `numeric`: right-aligned, in tabular figures. */
export function TableHeader({
  className,
  numeric,
  scope = 'col',
  ...props
}: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope={scope}
      className={cx(
        'whitespace-nowrap px-1.5 py-2 text-left align-bottom font-medium text-muted',
        numeric && 'text-right tabular-nums',
        className,
      )}
      {...props}
    />
  )
}

/** `numeric`: right-aligned, in tabular figures. */
export function TableCell({
  className,
  numeric,
  ...props
}: ComponentProps<'td'> & { numeric?: boolean }) {
  return (
    <td
      className={cx(
        'px-1.5 py-2 align-top',
        numeric && 'whitespace-nowrap text-right tabular-nums',
        className,
      )}
      {...props}
    />
  )
}

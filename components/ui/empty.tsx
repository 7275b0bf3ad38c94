import type { ReactNode } from 'react'
import { cx } from './cx'

type EmptyProps = { title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }

/** Nothing here yet, and what to do about it. */
export function Empty({ title, children, action, className }: EmptyProps) {
  return (
    <div
      className={cx(
        'grid justify-items-center gap-1 rounded-xl border border-line border-dashed px-6 py-12 text-center',
        className,
      )}
    >
      <p className="font-semibold text-[15px]">{title}</p>
      {children ? <div className="max-w-md text-balance text-muted">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}

import { type ReactNode, useId } from 'react'
import { cx } from './cx'

type CardProps = {
  title?: ReactNode
  description?: ReactNode
  action?: ReactNode
  children?: ReactNode
  className?: string
}

/** A white card; with a title it is a region that is named by it. */
export function Card({ title, description, action, children, className }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx('min-w-0 rounded-xl border border-line bg-surface p-4 sm:p-5', className)}
    >
      {title || action ? (
        <header className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2 last:mb-0">
          <div className={cx('min-w-0', description && 'flex-1 basis-56')}>
            {title ? (
              <h2 id={id} className="font-semibold text-[15px] leading-6">
                {title}
              </h2>
            ) : null}
            {description ? (
              <div className="max-w-prose text-pretty text-[13px] text-muted">{description}</div>
            ) : null}
          </div>
          {action ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  )
}

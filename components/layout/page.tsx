import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

const WIDTHS = { narrow: 'max-w-2xl', normal: 'max-w-6xl', wide: 'max-w-[96rem]' }

type PageProps = {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  width?: keyof typeof WIDTHS
  children?: ReactNode
}

/** The frame of every page but the review screen: one heading, what can be done, the content. */
export function Page({ title, description, actions, width = 'normal', children }: PageProps) {
  return (
    <div className={cx('mx-auto w-full min-w-0 px-4 py-6 sm:px-6', WIDTHS[width])}>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {description ? (
            <div className="max-w-prose text-pretty text-muted">{description}</div>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      <div className="grid min-w-0 gap-4">{children}</div>
    </div>
  )
}

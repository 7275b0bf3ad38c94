import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './badge'
import { cx } from './cx'

const LOOKS = {
  neutral: { icon: Info, box: 'bg-sunken', sign: 'text-muted' },
  accent: { icon: Info, box: 'bg-accent-soft', sign: 'text-accent' },
  good: { icon: CircleCheck, box: 'bg-good-soft', sign: 'text-good' },
  warn: { icon: TriangleAlert, box: 'bg-warn-soft', sign: 'text-warn' },
  bad: { icon: CircleAlert, box: 'bg-bad-soft', sign: 'text-bad' },
}

type NoticeProps = {
  tone?: Tone
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** A sentence in the page: what happened, what was kept, what to do. Bad ones are read out at once. */
export function Notice({ tone = 'neutral', title, children, action, className }: NoticeProps) {
  const { icon: Icon, box, sign } = LOOKS[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx(
        'flex min-w-0 flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-3.5 py-3',
        box,
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Icon className={cx('mt-0.5 size-4 shrink-0', sign)} aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{title}</p>
          {children ? <div className="text-[13px] text-muted">{children}</div> : null}
        </div>
      </div>
      {action}
    </div>
  )
}

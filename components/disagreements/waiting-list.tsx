import { Badge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'

export type WaitingItem = {
  caseId: string
  externalId: string
  subject: string
  /** What people said of it, in a few words. */
  about: string
  /** False: someone else must settle it. */
  mine: boolean
}

type WaitingListProps = {
  items: readonly WaitingItem[]
  shownId: string | null
  onShow: (caseId: string) => void
  children?: React.ReactNode
}

/** The cases of a tab; one of them is in view beside it. */
export function WaitingList({ items, shownId, onShow, children }: WaitingListProps) {
  return (
    <nav
      aria-label="Cases"
      className="max-h-48 min-w-0 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-9rem)]"
    >
      <ul className="grid gap-0.5">
        {items.map(({ caseId, externalId, subject, about, mine }) => (
          <li key={caseId}>
            <button
              type="button"
              aria-current={caseId === shownId ? 'true' : undefined}
              onClick={() => onShow(caseId)}
              className={cx(
                '-outline-offset-2 grid w-full gap-0.5 rounded-lg px-2.5 py-2 text-left hover:bg-sunken',
                caseId === shownId && 'bg-sunken',
              )}
            >
              <span className="truncate font-medium">{subject || externalId}</span>
              <span className="truncate text-[13px] text-muted">{about}</span>
              {mine ? null : (
                <Badge tone="warn" className="w-fit">
                  someone else must settle it
                </Badge>
              )}
            </button>
          </li>
        ))}
      </ul>
      {children}
    </nav>
  )
}

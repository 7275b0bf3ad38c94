'use client'
import Link from 'next/link'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { isUndecided } from '@/lib/versions/corrections/rules'
import type { CorrectionStatus, FoldedCorrection } from '@/lib/versions/corrections/schema'
import { exampleHref } from '../version-frame'
import { AlikeList } from './alike-list'
import { CorrectionFacts } from './correction-facts'
import type { NameOf } from './pair-names'
import { canPromote } from './use-triage'

type CorrectionItemProps = {
  project: string
  row: FoldedCorrection
  mayEdit: boolean
  nameOf: NameOf
  /** The keys act on it. */
  isCurrent: boolean
  onFocus: () => void
  onPromote: () => void
  onDismiss: () => void
  onLater: () => void
  onReopen: () => void
}

const STATUS: Record<CorrectionStatus, { text: string; tone: Tone } | null> = {
  open: null,
  unsettled: { text: 'right label not known yet', tone: 'warn' },
  later: { text: 'later', tone: 'neutral' },
  promoted: { text: 'promoted', tone: 'good' },
  dismissed: { text: 'dismissed', tone: 'neutral' },
  overruled: { text: 'overruled: the suggestion was right', tone: 'neutral' },
}

const SOURCES = {
  imported: 'label imported',
  review: 'single opinion',
  agreement: 'agreed',
  settled: 'settled',
}

export function CorrectionItem(props: CorrectionItemProps) {
  const { project, row, mayEdit, nameOf, isCurrent, onFocus } = props
  const { externalId, subject } = row
  const badge = STATUS[row.status]
  return (
    <li>
      <article
        data-correction={row.reviewId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys J and K go from one to the next
        tabIndex={0}
        aria-label={`Correction of ${externalId}`}
        aria-keyshortcuts={mayEdit ? 'P L X U J K' : 'J K'}
        aria-current={isCurrent ? 'true' : undefined}
        onFocus={onFocus}
        className={cx(
          'scroll-my-20 rounded-lg border p-3.5',
          isCurrent ? 'border-accent' : 'border-line',
        )}
      >
        <header className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <Link
            className="link font-mono text-[13px]"
            href={`/projects/${project}/cases/${row.caseId}`}
            prefetch={false}
          >
            {externalId}
          </Link>
          <h3 className="min-w-0 flex-1 basis-48 break-words font-medium">{subject}</h3>
          {badge ? <Badge tone={badge.tone}>{badge.text}</Badge> : null}
          {row.closeCall ? <Badge tone="warn">close call</Badge> : null}
          {row.wrongReason ? <Badge tone="warn">wrong reason</Badge> : null}
          <Badge>{row.source === null ? 'no final label' : SOURCES[row.source]}</Badge>
        </header>
        <CorrectionFacts project={project} row={row} nameOf={nameOf} />
        <AlikeList project={project} alike={row.alike} total={row.alikeCount} />
        {mayEdit ? <Actions {...props} /> : null}
      </article>
    </li>
  )
}

function Actions({ project, row, onPromote, onDismiss, onLater, onReopen }: CorrectionItemProps) {
  const { status, externalId, promotedTo } = row
  const decided = status === 'later' || status === 'dismissed'
  // In a draft it can be edited; in a frozen version it stands in the prompt.
  const home = promotedTo.find(({ number }) => number === null) ?? promotedTo[0]
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {home ? (
        <Button asChild size="sm">
          <Link
            href={exampleHref(project, home, externalId)}
            aria-label={`Open the example of ${externalId}`}
          >
            Open the example
          </Link>
        </Button>
      ) : null}
      <Button
        size="sm"
        variant={status === 'open' ? 'primary' : home ? 'ghost' : 'secondary'}
        disabled={!canPromote(row)}
        aria-label={home ? `Promote again: ${externalId}` : `Promote ${externalId}`}
        onClick={onPromote}
      >
        {home ? 'Promote again' : 'Promote'}
      </Button>
      {isUndecided(status) ? (
        <>
          <Button size="sm" aria-label={`Later: ${externalId}`} onClick={onLater}>
            Later
          </Button>
          <Button size="sm" aria-label={`Dismiss ${externalId}`} onClick={onDismiss}>
            Dismiss
          </Button>
        </>
      ) : null}
      {decided ? (
        <Button size="sm" aria-label={`Open ${externalId} again`} onClick={onReopen}>
          Open again
        </Button>
      ) : null}
    </div>
  )
}

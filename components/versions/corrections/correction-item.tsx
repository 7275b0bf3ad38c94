'use client'
import Link from 'next/link'
import type { KeyboardEvent } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { mayBePromoted } from '@/lib/versions/corrections/rules'
import type { CorrectionStatus, CorrectionView } from '@/lib/versions/corrections/schema'
import { hrefOf } from '../version-frame'
import type { NameOf } from './pair-list'

type CorrectionItemProps = {
  project: string
  correction: CorrectionView
  mayEdit: boolean
  nameOf: NameOf
  onKey: (event: KeyboardEvent) => void
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

export function CorrectionItem(props: CorrectionItemProps) {
  const { project, correction, mayEdit, nameOf, onKey } = props
  const { externalId, subject, status, note, suggestionExplanation } = correction
  const badge = STATUS[status]
  return (
    <li>
      <article
        data-correction
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys below act on the one with the focus
        tabIndex={0}
        aria-label={`Correction of ${externalId}`}
        aria-keyshortcuts={mayEdit ? 'P L X J K' : 'J K'}
        onKeyDown={onKey}
        className="rounded-lg border border-line p-3.5"
      >
        <header className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <Link
            className="link font-mono text-[13px]"
            href={`/projects/${project}/cases/${correction.caseId}`}
            prefetch={false}
          >
            {externalId}
          </Link>
          <h3 className="min-w-0 flex-1 basis-48 break-words font-medium">{subject}</h3>
          {badge ? <Badge tone={badge.tone}>{badge.text}</Badge> : null}
          {correction.closeCall ? <Badge tone="warn">close call</Badge> : null}
          {correction.wrongReason ? <Badge tone="warn">wrong reason</Badge> : null}
        </header>
        <dl className="mt-2 grid gap-1.5 text-[13px]">
          {suggestionExplanation ? (
            <Said
              term={`The model${correction.versionNumber ? ` (v${correction.versionNumber})` : ''}`}
            >
              {suggestionExplanation}
            </Said>
          ) : null}
          <Said term={correction.reviewer}>
            {note || <span className="text-muted">No note.</span>}
            {correction.secondLabelId ? (
              <span className="text-muted">
                {' '}
                Second choice: {nameOf(correction.secondLabelId, '')}.
              </span>
            ) : null}{' '}
            <span className="text-muted">
              <Time iso={correction.at} />
            </span>
          </Said>
          {correction.decisionReason ? (
            <Said term="Dismissed because">{correction.decisionReason}</Said>
          ) : null}
          {correction.promotedTo.length > 0 ? (
            <Said term="An example of">
              {correction.promotedTo.map((version) => (
                <Link key={version.id} className="link mr-2" href={hrefOf(project, version)}>
                  {version.number === null ? 'the draft' : `v${version.number}`}
                </Link>
              ))}
            </Said>
          ) : null}
        </dl>
        {mayEdit ? <Actions {...props} /> : null}
      </article>
    </li>
  )
}

function Said({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Actions({ correction, onPromote, onDismiss, onLater, onReopen }: CorrectionItemProps) {
  const { status, externalId } = correction
  const decided = status === 'later' || status === 'dismissed'
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button
        size="sm"
        variant={status === 'open' ? 'primary' : 'secondary'}
        disabled={!mayBePromoted(status)}
        aria-label={`Promote ${externalId}`}
        onClick={onPromote}
      >
        {status === 'promoted' ? 'Promote again' : 'Promote'}
      </Button>
      {status === 'open' || status === 'unsettled' ? (
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

import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { CASE_STATUSES } from '@/lib/cases/listing/rules'
import type { CaseLabels } from '@/lib/cases/opening/schema'
import { OlderDefinition } from './older-definition'

const SOURCES = {
  imported: 'came with the file',
  review: 'from a review',
  agreement: 'reviewers agree',
  settled: 'settled',
}

const DISPUTES = {
  labels: 'People disagree: someone who has not reviewed it must settle it.',
  unsure: 'Everyone asked is unsure: someone who has not reviewed it must settle it.',
  skipped: 'Everyone asked passed on it: someone must settle it.',
}

type FinalLabelCardProps = { project: string; caseId: string; labels: CaseLabels }

/** What the case now is and whence; or what it waits for. */
export function FinalLabelCard({ project, caseId, labels }: FinalLabelCardProps) {
  const { finalLabel, dispute } = labels
  return (
    <Card
      title="Final label"
      action={
        <>
          {labels.pool ? <Badge>{labels.pool} pool</Badge> : null}
          {finalLabel?.bulk ? <Badge tone="warn">confirmed in bulk</Badge> : null}
          {finalLabel ? null : <Badge>{CASE_STATUSES[labels.status]}</Badge>}
        </>
      }
    >
      {finalLabel ? <Label finalLabel={finalLabel} /> : <p className="text-muted">None yet.</p>}
      {dispute ? (
        <p className="mt-2">
          {DISPUTES[dispute]}{' '}
          <Link
            className="link"
            href={`/projects/${project}/disagreements?tab=${dispute}&case=${caseId}`}
          >
            Open it among the disagreements
          </Link>
        </p>
      ) : null}
    </Card>
  )
}

function Label({ finalLabel }: { finalLabel: NonNullable<CaseLabels['finalLabel']> }) {
  const { label, secondLabel, source, settledBy, at, among, precedent, olderWords } = finalLabel
  return (
    <>
      <p className="font-semibold text-lg">{label}</p>
      {secondLabel ? <p className="text-muted">close call, or {secondLabel}</p> : null}
      <p className="text-[13px] text-muted">
        {SOURCES[source]}
        {settledBy ? ` by ${settledBy}` : ''} · <Time iso={at} />
      </p>
      <OlderDefinition words={olderWords} />
      {among.length > 0 ? (
        <p className="text-[13px] text-muted">People had said: {among.join(', ')}</p>
      ) : null}
      {precedent ? <p className="wrap-anywhere mt-2">{precedent}</p> : null}
    </>
  )
}

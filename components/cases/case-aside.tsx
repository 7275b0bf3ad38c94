import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { CASE_STATUSES } from '@/lib/cases/listing/rules'
import type { CaseLabels, CaseView } from '@/lib/cases/opening/schema'
import { CaseReviews } from './case-reviews'
import { CaseSuggestions } from './case-suggestions'

type AsideProps = {
  project: string
  view: CaseView
  evidence: string
  showEvidence: (evidence: string) => void
}

export function CaseAside({ project, view, evidence, showEvidence }: AsideProps) {
  const { labels } = view
  return (
    <div className="grid min-w-0 gap-4">
      {view.sight === 'before_answer' ? (
        <Notice title="You have seen this case’s labels">
          So it is not given to you for review any more.
        </Notice>
      ) : null}
      {labels ? (
        <>
          <FinalLabelCard labels={labels} />
          <CaseSuggestions
            project={project}
            suggestions={labels.suggestions}
            evidence={evidence}
            showEvidence={showEvidence}
          />
          <CaseReviews reviews={labels.reviews} />
        </>
      ) : (
        <Notice title="Labels and suggestions are hidden">
          They are shown once you have answered this case yourself.
        </Notice>
      )}
      <DetailsCard project={project} view={view} />
    </div>
  )
}

const SOURCES = {
  imported: 'came with the file',
  review: 'from a review',
  agreement: 'reviewers agree',
  settled: 'settled',
}

function FinalLabelCard({ labels }: { labels: CaseLabels }) {
  const { finalLabel } = labels
  return (
    <Card
      title="Final label"
      action={
        <>
          {labels.pool ? <Badge>{labels.pool} pool</Badge> : null}
          {finalLabel ? null : <Badge>{CASE_STATUSES[labels.status]}</Badge>}
        </>
      }
    >
      {finalLabel ? (
        <>
          <p className="font-semibold text-lg">{finalLabel.label}</p>
          {finalLabel.secondLabel ? (
            <p className="text-muted">close call, or {finalLabel.secondLabel}</p>
          ) : null}
          <p className="text-[13px] text-muted">
            {SOURCES[finalLabel.source]}
            {finalLabel.settledBy ? ` by ${finalLabel.settledBy}` : ''} ·{' '}
            <Time iso={finalLabel.at} />
          </p>
          {finalLabel.precedent ? <p className="mt-2">{finalLabel.precedent}</p> : null}
        </>
      ) : (
        <p className="text-muted">None yet.</p>
      )}
    </Card>
  )
}

function DetailsCard({ project, view }: { project: string; view: CaseView }) {
  const entries = Object.entries(view.metadata)
  if (entries.length === 0 && view.revisions.length === 0) return null
  return (
    <Card title="Details">
      <dl className="grid gap-2">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="text-[13px] text-muted">{name}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
        {view.revisions.map(({ id, revision }) => (
          <div key={id}>
            <Link className="link" href={`/projects/${project}/cases/${id}`}>
              Revision {revision}
            </Link>
          </div>
        ))}
      </dl>
    </Card>
  )
}

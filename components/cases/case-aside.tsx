import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { CaseView } from '@/lib/cases/opening/schema'
import { CaseReviews } from './case-reviews'
import { CaseSkips } from './case-skips'
import { CaseSuggestions } from './case-suggestions'
import { FinalLabelCard } from './final-label-card'
import { FormerLabelsCard } from './former-labels-card'

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
          <FinalLabelCard project={project} caseId={view.id} labels={labels} />
          <CaseSuggestions
            project={project}
            suggestions={labels.suggestions}
            evidence={evidence}
            showEvidence={showEvidence}
          />
          <CaseReviews reviews={labels.reviews} />
          <CaseSkips skips={labels.skips} />
          <FormerLabelsCard former={labels.former} />
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

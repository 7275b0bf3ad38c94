'use client'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { Page } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { Conversation, type Highlight } from '@/components/ui/conversation'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { caseQuery } from '@/lib/cases/opening/queries'
import type { CaseView } from '@/lib/cases/opening/schema'
import { findEvidence } from '@/lib/runs/answers/evidence/rules'
import { CallsCard } from './calls-card'
import { CaseAside } from './case-aside'

type CasePageProps = {
  project: string
  caseId: string
  /** Cards of other areas beside the case, for who may see its labels. */
  extra?: ReactNode
}

/** All that ever happened to a case, as far as this person may see it. */
export function CasePage({ project, caseId, extra }: CasePageProps) {
  const query = useQuery(caseQuery(project, caseId))
  return (
    <Page
      title={query.data?.subject || query.data?.externalId || 'Case'}
      description={query.data ? <Facts view={query.data} /> : null}
      width="wide"
    >
      <Loaded query={query}>
        {(view) => <Parts project={project} view={view} extra={extra} />}
      </Loaded>
    </Page>
  )
}

type PartsProps = { project: string; view: CaseView; extra: ReactNode }

function Parts({ project, view, extra }: PartsProps) {
  const [evidence, setEvidence] = useState(view.labels?.suggestions[0]?.evidence ?? '')
  const place = evidence ? findEvidence(evidence, view.messages) : null
  const highlights: Highlight[] = place ? [place] : []
  return (
    <>
      {view.archivedAt ? <Archived project={project} view={view} /> : null}
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Card title="Case">
          <Conversation messages={view.messages} highlights={highlights} />
        </Card>
        <div className="grid min-w-0 gap-4">
          <CaseAside project={project} view={view} evidence={evidence} showEvidence={setEvidence} />
          {view.labels ? extra : null}
        </div>
      </div>
      {view.labels ? <CallsCard project={project} caseId={view.id} /> : null}
    </>
  )
}

function Facts({ view }: { view: CaseView }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      <span className="wrap-anywhere font-mono text-xs">{view.externalId}</span>
      {view.revision > 1 ? <span>revision {view.revision}</span> : null}
      {view.occurredAt ? <Time iso={view.occurredAt} /> : null}
      {view.link ? (
        <a
          className="link inline-flex items-center gap-1"
          href={view.link}
          target="_blank"
          rel="noopener noreferrer"
        >
          Open original <ExternalLink className="size-3.5" aria-hidden />
        </a>
      ) : null}
    </span>
  )
}

function Archived({ project, view }: { project: string; view: CaseView }) {
  const newer = view.revisions.find(({ revision }) => revision > view.revision)
  return (
    <Notice tone="warn" title="A newer revision has taken the place of this one">
      {newer ? (
        <Link className="link" href={`/projects/${project}/cases/${newer.id}`}>
          Open revision {newer.revision}
        </Link>
      ) : null}
    </Notice>
  )
}

import Link from 'next/link'
import type { ReactNode } from 'react'
import { duration, money } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { isValid, STATUS_WORDS } from '@/lib/runs/rules'
import type { LabelledCase } from '@/lib/runs/standing/schema'

type LabelledCaseViewProps = { project: string; labelled: LabelledCase }

/** What was said of one case: the label first, then why, what it took, and where the case is. */
export function LabelledCaseView({ project, labelled }: LabelledCaseViewProps) {
  const { label, status, labelText, explanation, evidence, standIn } = labelled
  return (
    <div className="grid gap-3">
      <div>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere font-semibold text-lg leading-snug">
            {label?.name ?? 'No valid label'}
          </span>
          {standIn ? <StandIn /> : null}
        </p>
        {isValid(status) ? null : (
          <p className="text-[13px] text-warn">
            {STATUS_WORDS[status].name}
            {labelText ? `: “${labelText}”` : ''}. {STATUS_WORDS[status].meaning}
          </p>
        )}
      </div>
      <p className="wrap-anywhere leading-6">
        {explanation || <span className="text-muted">No explanation.</span>}
      </p>
      {evidence ? (
        <blockquote className="wrap-anywhere border-line border-l-2 pl-3 text-[13px] text-muted">
          “{evidence}”
        </blockquote>
      ) : null}
      <dl className="grid grid-cols-3 gap-x-3 border-line border-t pt-3 text-[13px] tabular-nums">
        <Figure name="Version" value={`v${labelled.versionNumber}`} />
        <Figure name="Cost" value={labelled.cost === null ? 'not known' : money(labelled.cost)}>
          <PriceNote project={project} {...labelled} />
        </Figure>
        <Figure name="Time" value={duration(labelled.latencyMs)} />
      </dl>
      <Whereabouts project={project} labelled={labelled} />
    </div>
  )
}

function Whereabouts({ project, labelled }: LabelledCaseViewProps) {
  const { caseId, externalId, isNew, isStored, isLocked } = labelled
  if (isLocked) {
    return (
      <Notice title="The case is in the locked test pool">
        It is kept, but nobody can open it: versions are tested on it.
      </Notice>
    )
  }
  return (
    <p className="text-[13px] text-muted">
      {isNew ? 'Kept as ' : 'The project had this case already: '}
      <Link className="link wrap-anywhere" href={`/projects/${project}/cases/${caseId}`}>
        {externalId}
      </Link>
      .
      {isStored ? ' It was asked about before, so this is the answer of then, at no new cost.' : ''}
    </p>
  )
}

type FigureProps = { name: string; value: string; children?: ReactNode }

function Figure({ name, value, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-medium">
        {value}
        {children ? <span className="block font-normal text-muted text-xs">{children}</span> : null}
      </dd>
    </div>
  )
}

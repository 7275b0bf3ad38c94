'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import type { FoldedCorrection } from '@/lib/versions/corrections/schema'
import { nameByChange } from '@/lib/versions/history/rules'
import { versionsQuery } from '@/lib/versions/queries'
import type { VersionName } from '@/lib/versions/schema'
import { hrefOf } from '../version-frame'
import type { NameOf } from './pair-names'

type CorrectionFactsProps = { project: string; row: FoldedCorrection; nameOf: NameOf }

/** The case, what the model said of it, what the reviewer said, and what became of the correction. */
export function CorrectionFacts({ project, row, nameOf }: CorrectionFactsProps) {
  return (
    <dl className="mt-2 grid gap-1.5 text-[13px]">
      <Said term="The case">
        <CaseText row={row} />
      </Said>
      {row.suggestionExplanation ? (
        <Said term={`The model${row.versionNumber ? ` (v${row.versionNumber})` : ''}`}>
          {row.suggestionExplanation}
        </Said>
      ) : null}
      <Said term={row.reviewer}>
        {row.note || <span className="text-muted">No note.</span>}
        {row.secondLabelId ? (
          <span className="text-muted"> Second choice: {nameOf(row.secondLabelId, '')}.</span>
        ) : null}{' '}
        <span className="text-muted">
          <Time iso={row.at} />
        </span>
      </Said>
      {row.decisionReason ? <Said term="Dismissed because">{row.decisionReason}</Said> : null}
      {row.promotedTo.length > 0 ? (
        <Said term="An example of">
          <Versions project={project} versions={row.promotedTo} />
        </Said>
      ) : null}
    </dl>
  )
}

type VersionsProps = { project: string; versions: FoldedCorrection['promotedTo'] }

/** A draft that was made from another one holds its examples too: several are told apart by what changed. */
function Versions({ project, versions }: VersionsProps) {
  const drafts = versions.filter(({ number }) => number === null)
  const { data = [] } = useQuery({ ...versionsQuery(project), enabled: drafts.length > 1 })
  const nameOf = (version: VersionName) => {
    if (version.number !== null) return `v${version.number}`
    if (drafts.length === 1) return 'the draft'
    const known = data.find(({ id }) => id === version.id)
    return known ? nameByChange(known) : 'a draft'
  }
  return (
    <ul>
      {versions.map((version) => (
        <li key={version.id}>
          <Link className="link" href={hrefOf(project, version)}>
            {nameOf(version)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Longer than this many characters it begins folded. */
const AT_FIRST = 280

function CaseText({ row: { text, subject, externalId } }: Pick<CorrectionFactsProps, 'row'>) {
  const [whole, setWhole] = useState(false)
  // The subject stands above already.
  const said = text.startsWith(subject) ? text.slice(subject.length).trim() : text
  const isLong = said.length > AT_FIRST || said.split('\n').length > 3
  return (
    <>
      <div className={isLong && !whole ? 'line-clamp-3' : 'max-w-prose whitespace-pre-line'}>
        {said}
      </div>
      {isLong ? (
        <Button
          size="sm"
          variant="ghost"
          className="-ml-2.5"
          aria-expanded={whole}
          aria-label={whole ? `Show less of ${externalId}` : `Read ${externalId} whole`}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Read it whole'}
        </Button>
      ) : null}
    </>
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

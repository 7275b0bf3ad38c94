import Link from 'next/link'
import type { ProposalView } from '@/lib/versions/proposals/schema'

type ProposalSourcesProps = { project: string; sources: ProposalView['sources'] }

/** The corrections and precedents a rule was drafted from, folded until somebody asks. */
export function ProposalSources({ project, sources }: ProposalSourcesProps) {
  if (sources.length === 0) return null
  const precedents = sources.filter(({ kind }) => kind === 'precedent').length
  const corrections = sources.length - precedents
  const parts = [
    ...(precedents > 0 ? [precedents === 1 ? '1 precedent' : `${precedents} precedents`] : []),
    ...(corrections > 0 ? [corrections === 1 ? '1 correction' : `${corrections} corrections`] : []),
  ]
  return (
    <details className="text-[13px]">
      <summary className="w-fit cursor-pointer rounded text-muted hover:text-ink">
        From {parts.join(' and ')}
      </summary>
      <ul className="mt-1.5 grid gap-1 border-line border-l-2 pl-3">
        {sources.map(({ kind, caseId, externalId, said }) => (
          <li key={`${kind} ${caseId}`} className="flex flex-wrap items-baseline gap-x-2">
            <Link
              className="link font-mono"
              href={`/projects/${project}/cases/${caseId}`}
              prefetch={false}
            >
              {externalId}
            </Link>
            <span className="text-muted">{kind}</span>
            <span className="min-w-0 break-words">{said || 'without a note'}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

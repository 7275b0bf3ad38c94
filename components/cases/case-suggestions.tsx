import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import type { CaseSuggestion } from '@/lib/cases/opening/schema'
import { isValid, STATUS_WORDS } from '@/lib/runs/rules'

type SuggestionsProps = {
  project: string
  suggestions: readonly CaseSuggestion[]
  evidence: string
  showEvidence: (evidence: string) => void
}

/** What each run said of the case, the newest first. */
export function CaseSuggestions({
  project,
  suggestions,
  evidence,
  showEvidence,
}: SuggestionsProps) {
  return (
    <Card title="Suggestions">
      {suggestions.length === 0 ? (
        <p className="text-muted">No run has labelled this case.</p>
      ) : null}
      <ol className="grid gap-4">
        {suggestions.map((one) => (
          <li
            key={one.id}
            className="grid gap-1 border-line border-b pb-4 last:border-b-0 last:pb-0"
          >
            <p className="flex flex-wrap items-center gap-1.5 text-[13px] text-muted">
              <Link className="link" href={`/projects/${project}/runs/${one.runId}`}>
                {one.versionNumber === null ? 'Draft' : `v${one.versionNumber}`}
                {one.departures ? `, ${one.departures}` : ''}
              </Link>
              <Time iso={one.at} />
              {one.standIn ? <StandIn /> : null}
            </p>
            <p className="font-semibold">{one.label ?? one.labelText ?? 'No label'}</p>
            <span className="flex flex-wrap gap-1">
              {isValid(one.status) && one.status === 'parsed' ? null : (
                <Badge tone={isValid(one.status) ? 'neutral' : 'warn'}>
                  {STATUS_WORDS[one.status].name}
                </Badge>
              )}
              {one.inputCut ? <Badge tone="warn">Case cut</Badge> : null}
            </span>
            <p className="wrap-anywhere text-[13px]">{one.explanation}</p>
            {one.evidence ? (
              <Button
                size="sm"
                variant="ghost"
                aria-pressed={one.evidence === evidence}
                className="-ml-2.5 justify-self-start"
                onClick={() => showEvidence(one.evidence)}
              >
                Show its evidence
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}

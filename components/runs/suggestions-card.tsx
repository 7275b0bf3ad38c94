'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import { suggestionsQuery } from '@/lib/runs/queries'
import { isEnded, STATUS_WORDS, SUGGESTION_STATUSES } from '@/lib/runs/rules'
import type { RunView, SuggestionStatus } from '@/lib/runs/schema'
import { listHidden } from '@/lib/runs/suggestions/rules'
import { Reveal } from './reveal'
import { SuggestionsTable } from './suggestions-table'

function describeNone({ status, batchStage }: RunView): string {
  if (isEnded(status)) return 'None.'
  return batchStage === 'jobs'
    ? 'They come when a batch job has ended.'
    : 'The first ones will be here in a moment.'
}

export function SuggestionsCard({ project, run }: { project: string; run: RunView }) {
  const [status, setStatus] = useState<SuggestionStatus | null>(null)
  const query = useInfiniteQuery(
    suggestionsQuery(project, run.id, { status, ended: run.done + run.failed }),
  )
  return (
    <Card
      title="Suggestions"
      description={
        run.pool === 'dev'
          ? 'Dev cases are reviewed without a suggestion in view. What you have not answered is hidden until you open the case or have it shown here; you are not asked to review it after that.'
          : 'You may still be asked about a case without a label: what was said of it is hidden until you open it or have it shown here. You are not asked to review it after that.'
      }
      action={
        <Select
          aria-label="Answers to show"
          value={status ?? ''}
          onChange={(event) =>
            setStatus(SUGGESTION_STATUSES.find((one) => one === event.target.value) ?? null)
          }
        >
          <option value="">All answers</option>
          {SUGGESTION_STATUSES.filter((one) => run.statuses[one] > 0).map((one) => (
            <option key={one} value={one}>
              {STATUS_WORDS[one].name} ({count(run.statuses[one])})
            </option>
          ))}
        </Select>
      }
    >
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows)
          if (rows.length === 0) {
            return <p className="text-muted">{describeNone(run)}</p>
          }
          return (
            <>
              <Reveal
                key={status}
                project={project}
                runId={run.id}
                pages={pages.map(listHidden).filter(({ length }) => length > 0)}
              />
              <SuggestionsTable project={project} rows={rows} />
            </>
          )
        }}
      </Loaded>
      <ShowMore query={query} size="sm" className="mt-3" />
    </Card>
  )
}

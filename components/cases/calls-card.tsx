'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, duration, money } from '@/components/ui/figures'
import { Glossary } from '@/components/ui/glossary'
import { Loaded } from '@/components/ui/loaded'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { callsQuery } from '@/lib/cases/opening/queries'
import { tellKinds } from '@/lib/cases/redaction/words/rules'
import type { CaseCall } from '@/lib/runs/schema'

/** Each request to the model about this case, exactly as sent, with what came back. */
export function CallsCard({ project, caseId }: { project: string; caseId: string }) {
  const [wanted, setWanted] = useState(false)
  const query = useQuery(callsQuery(project, caseId, wanted))
  return (
    <Card
      title="Calls"
      description="What the model was sent about this case, and what it wrote."
      action={
        wanted ? null : (
          <Button size="sm" onClick={() => setWanted(true)}>
            Show calls
          </Button>
        )
      }
    >
      {wanted ? (
        <Loaded query={query}>
          {(calls) =>
            calls.length === 0 ? (
              <p className="text-muted">No call was made about this case.</p>
            ) : (
              <ol className="grid gap-4">
                {calls.map((call) => (
                  <Call key={call.id} call={call} />
                ))}
              </ol>
            )
          }
        </Loaded>
      ) : null}
    </Card>
  )
}

function Call({ call }: { call: CaseCall }) {
  return (
    <li className="grid min-w-0 gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted tabular-nums">
        <span className="font-medium text-ink">
          {call.versionNumber === null ? 'Draft' : `v${call.versionNumber}`}
        </span>
        <Time iso={call.at} />
        <span>
          {count(call.inputTokens + call.cachedTokens)} tokens in
          {call.cachedTokens > 0 ? ` (${count(call.cachedTokens)} of them cached)` : ''},{' '}
          {count(call.outputTokens)} out
        </span>
        <span>{duration(call.latencyMs)}</span>
        <span>{call.cost === null ? 'cost not known' : money(call.cost)}</span>
        {call.standIn ? <StandIn /> : null}
        {call.status === 'failed' ? <Badge tone="bad">Failed</Badge> : null}
        {call.exact ? null : <Badge tone="warn">Request could not be rebuilt exactly</Badge>}
      </p>
      {call.error ? <p className="text-bad">{call.error}</p> : null}
      {call.replaced.length > 0 ? (
        <Glossary
          summary={`Replaced before it was sent: ${tellKinds(call.replaced.map(({ kind }) => kind))}`}
          rows={call.replaced.map(({ placeholder, values, times }) => ({
            ...{ term: placeholder, meanings: values, times },
          }))}
        />
      ) : null}
      {call.request === null ? (
        <p className="text-muted">
          This call showed the model other cases too, some of which you may still be asked about.
          Its request and answer are shown once you can’t be.
        </p>
      ) : (
        <>
          <Text name="Request" text={call.request} />
          <Text name="Raw answer" text={call.rawAnswer ?? ''} />
        </>
      )}
    </li>
  )
}

function Text({ name, text }: { name: string; text: string }) {
  return (
    <details>
      <summary className="w-fit font-medium text-[13px]">{name}</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so it must take the focus
        tabIndex={0}
        className="wrap-anywhere mt-1 max-h-96 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </details>
  )
}

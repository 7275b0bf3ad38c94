'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { count, money } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { findLimitReached, readLimit, readLimitPassed } from '@/lib/runs/limits/rules'
import { useResumeRun } from '@/lib/runs/queries'
import type { RunView } from '@/lib/runs/schema'

type PausedNoticeProps = { project: string; run: RunView; canRun: boolean }

/** Why nothing is asked, and where a limit is the cause, the way past it. */
export function PausedNotice({ project, run, canRun }: PausedNoticeProps) {
  const reached = findLimitReached(run) ?? readLimitPassed(run.message)
  return (
    <Notice tone="warn" title={run.message ?? 'Paused.'}>
      <div className="grid gap-3">
        <p>The {count(run.done + run.failed)} cases that were labelled are kept.</p>
        {canRun && reached ? <RaiseLimit project={project} run={run} limit={reached} /> : null}
      </div>
    </Notice>
  )
}

const WORDS = {
  cost: { field: 'dollars', label: 'New budget in dollars' },
  calls: { field: 'calls', label: 'New most of calls' },
} as const

type RaiseLimitProps = { project: string; run: RunView; limit: keyof typeof WORDS }

function RaiseLimit({ project, run, limit }: RaiseLimitProps) {
  const { field, label } = WORDS[limit]
  const [text, setText] = useState('')
  const resume = useResumeRun(project)
  const value = readLimit(field, text)
  const spent = limit === 'cost' ? `${money(run.cost)} spent` : `${count(run.calls)} calls made`
  const input = limit === 'cost' ? Math.round((value ?? 0) * 1_000_000) : (value ?? 0)
  const enough =
    limit === 'cost'
      ? input > Math.max(run.cost, run.costLimit ?? 0)
      : input > Math.max(run.calls, run.callLimit ?? 0)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!enough) return
    const limits = limit === 'cost' ? { costLimit: input } : { callLimit: input }
    resume.mutate({ runId: run.id, ...limits }, { onError: showError })
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <Field label={label} hint={`${spent} so far.`} className="w-56">
        {(id) => (
          <Input
            id={id}
            inputMode={limit === 'cost' ? 'decimal' : 'numeric'}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={resume.isPending} disabled={!enough}>
        Raise it and go on
      </Button>
    </form>
  )
}

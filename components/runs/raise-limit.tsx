'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { count, money } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import {
  explainTooLow,
  type Limited,
  type LimitReached,
  readEnough,
  readLimit,
} from '@/lib/runs/limits/rules'
import { useResumeRun } from '@/lib/runs/queries'

const WORDS = {
  cost: { field: 'dollars', label: 'New budget in dollars' },
  calls: { field: 'calls', label: 'New most of calls' },
} as const satisfies Record<LimitReached, unknown>

type RaiseLimitProps = {
  project: string
  run: Limited & { id: string; message: string | null }
  limit: LimitReached
}

/** The way past a limit that a run has paused at: more is allowed, and it goes on. */
export function RaiseLimit({ project, run, limit }: RaiseLimitProps) {
  const { field, label } = WORDS[limit]
  const [text, setText] = useState(readEnough(run.message))
  const resume = useResumeRun(project)
  const once = useOnce()
  const value = readLimit(field, text)
  const spent =
    limit === 'cost'
      ? `${money(run.cost)} spent so far, of ${money(run.costLimit)}.`
      : `${count(run.calls)} calls made so far, of ${count(run.callLimit)}.`
  const input = limit === 'cost' ? Math.round((value ?? 0) * 1_000_000) : (value ?? 0)
  const tooLow = explainTooLow(limit, value, run)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (tooLow !== null) return
    const limits = limit === 'cost' ? { costLimit: input } : { callLimit: input }
    once((again) =>
      resume.mutate({ runId: run.id, ...limits }, { onError: showError, onSettled: again }),
    )
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <Field label={label} hint={spent} error={tooLow} className="w-64">
        {(id) => (
          <Input
            id={id}
            inputMode={limit === 'cost' ? 'decimal' : 'numeric'}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      {/* In line with what is typed, not with the words above or below it. */}
      <Button
        type="submit"
        variant="primary"
        busy={resume.isPending}
        disabled={tooLow !== null}
        className="sm:mt-6.5"
      >
        Raise it and go on
      </Button>
    </form>
  )
}

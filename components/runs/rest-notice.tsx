'use client'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { readLimitPassed } from '@/lib/runs/limits/rules'
import { useAskRest } from '@/lib/runs/queries'
import { isEnded } from '@/lib/runs/rules'
import type { RunView } from '@/lib/runs/schema'

/** What batch jobs have left open, and what becomes of it. */
export function RestNotice({
  project,
  run,
  canRun,
}: {
  project: string
  run: RunView
  canRun: boolean
}) {
  const rest = useAskRest(project)
  const left = run.items - run.done - run.failed
  if (run.batchStage === 'too_few') {
    return (
      <Notice title="Too few cases for a batch job">
        {isEnded(run.status) ? 'They were asked' : 'They are asked'} on demand instead, at the full
        price.
      </Notice>
    )
  }
  if (run.batchStage === 'jobs' && run.status === 'paused' && !readLimitPassed(run.message)) {
    return (
      <Notice
        tone="warn"
        title={`The batch jobs have left ${count(left)} ${left === 1 ? 'case' : 'cases'} without an answer`}
        action={
          canRun ? (
            <Button
              variant="primary"
              busy={rest.isPending}
              onClick={() => rest.mutate(run.id, { onError: showError })}
            >
              Ask the rest on demand
            </Button>
          ) : null
        }
      >
        {left < run.items ? 'What came is kept. ' : ''}Asked on demand,{' '}
        {left < run.items ? 'the rest costs' : 'they cost'} the full price; or stop the run and
        leave it as it is.
      </Notice>
    )
  }
  return run.batchStage === 'rest' && run.restCases > 0 ? (
    <Notice title={describeRest(run)}>
      The batch jobs brought no answer to {run.restCases === 1 ? 'it' : 'them'} that could be used.
    </Notice>
  ) : null
}

function describeRest({ restCases: cases, status }: RunView): string {
  const ended = isEnded(status)
  if (cases === 1) return `1 case ${ended ? 'was' : 'is'} asked on demand`
  return `${count(cases)} cases ${ended ? 'were' : 'are'} asked on demand`
}

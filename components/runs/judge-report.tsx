'use client'
import { Button } from '@/components/ui/button'
import { count, percent } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { canGoOn } from '@/lib/runs/control/rules'
import type { Judging } from '@/lib/runs/judging/schema'
import { findLimitReached } from '@/lib/runs/limits/rules'
import { useStopRun } from '@/lib/runs/queries'
import { isEnded, RUN_STATUS_WORDS } from '@/lib/runs/rules'
import { nameVersion } from '@/lib/versions/rules'
import { FigureList } from './figure-list'
import { GoOnButton } from './go-on-button'
import { JudgeAgainstPeople } from './judge-against-people'
import { JudgedWrong } from './judged-wrong'
import { OutageNotice } from './outage-notice'
import { PauseButton } from './pause-button'
import { RaiseLimit } from './raise-limit'

type JudgeReportProps = { project: string; runId: string; judge: Judging; canRun: boolean }

/** One judge: how far it has come, what it says, how far people agree, and what to look at. */
export function JudgeReport({ project, runId, judge, canRun }: JudgeReportProps) {
  const stop = useStopRun(project)
  const working = !isEnded(judge.status)
  const version = { id: judge.versionId, number: judge.versionNumber }
  const spent = { ...judge, cost: judge.cost ?? 0 }
  const reached = judge.status === 'paused' ? findLimitReached(spent) : null
  const { right, wrong, unsure, none } = judge.counts
  const said = right + wrong + unsure
  return (
    <>
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
          <code className="break-all font-mono text-ink text-xs">{judge.modelId}</code>
          {judge.standIn ? <StandIn /> : null}
          <span>
            by the descriptions of {nameVersion(version)}, started <Time iso={judge.createdAt} />
            {judge.startedBy ? ` by ${judge.startedBy}` : ''}, {costWords(judge.cost, judge.priced)}
          </span>
        </p>
        {working ? (
          <div className="flex flex-wrap items-center gap-3">
            <Progress
              value={judge.done + judge.failed}
              max={judge.items}
              label="Suggestions judged"
              className="h-2 min-w-40 flex-1"
            />
            <span className="text-[13px] tabular-nums">
              {count(judge.done + judge.failed)} of {count(judge.items)} ·{' '}
              {RUN_STATUS_WORDS[judge.status]}
            </span>
            {canRun ? (
              <>
                <PauseButton project={project} run={judge} isAtLimit={reached !== null} />
                <Button
                  busy={stop.isPending || judge.status === 'stopping'}
                  onClick={() => stop.mutate(judge.id, { onError: showError })}
                >
                  Stop judging
                </Button>
              </>
            ) : null}
          </div>
        ) : null}
        {judge.outage ? <OutageNotice outage={judge.outage} /> : null}
        {judge.status === 'failed' || judge.status === 'stopped' || judge.status === 'paused' ? (
          <Notice
            tone={judge.status === 'failed' ? 'bad' : 'warn'}
            title={judge.message ?? RUN_STATUS_WORDS[judge.status]}
            action={
              canRun && canGoOn({ ...judge, standing: false, experiment: null }) ? (
                <GoOnButton project={project} runId={judge.id} />
              ) : null
            }
          >
            <div className="grid gap-3">
              <p>
                What it has said of {count(judge.done)} of {count(judge.items)} suggestions is kept.
              </p>
              {canRun && reached ? (
                <RaiseLimit project={project} run={spent} limit={reached} />
              ) : null}
            </div>
          </Notice>
        ) : null}
      </div>
      {said + none === 0 ? (
        <p className="text-muted">The first verdicts will be here in a moment.</p>
      ) : (
        <>
          <FigureList
            figures={[
              {
                name: 'Calls right',
                value: percent(said === 0 ? null : right / said),
                note: `${count(right)} of ${count(said)} suggestions`,
              },
              {
                name: 'Calls wrong',
                value: percent(said === 0 ? null : wrong / said),
                note: `${count(wrong)} of ${count(said)} suggestions`,
              },
              { name: 'Is unsure of', value: count(unsure) },
              {
                name: 'No verdict',
                value: count(none),
                note: none > 0 ? 'nothing could be read' : 'all could be read',
              },
            ]}
          />
          <JudgeAgainstPeople people={judge.people} />
          {wrong > 0 ? <JudgedWrong project={project} runId={runId} judge={judge} /> : null}
        </>
      )}
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Page } from '@/components/layout/page'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { findLimitReached, readLimitPassed } from '@/lib/runs/limits/rules'
import { useRunEvents } from '@/lib/runs/progress/queries'
import { runQuery } from '@/lib/runs/queries'
import { isEnded } from '@/lib/runs/rules'
import type { RunView } from '@/lib/runs/schema'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import { BatchCard } from './batch-card'
import { FailedNotice } from './failed-notice'
import { FailuresCard } from './failures-card'
import { OutageNotice } from './outage-notice'
import { PauseButton } from './pause-button'
import { PausedNotice } from './paused-notice'
import { ProgressCard } from './progress-card'
import { RestNotice } from './rest-notice'
import { RunBadge } from './run-badge'
import { SecondOpinionCard } from './second-opinion-card'
import { SeriesCard } from './series-card'
import { StatusesCard } from './statuses-card'
import { StopButton } from './stop-button'
import { SuggestionsCard } from './suggestions-card'

type RunPageProps = { project: string; runId: string; canRun: boolean }

export function RunPage({ project, runId, canRun }: RunPageProps) {
  const [known, setKnown] = useState<RunView['status']>()
  const streams = useRunEvents(project, runId, known)
  const polled = runQuery(project, runId)
  const query = useQuery(streams ? { ...polled, refetchInterval: false } : polled)
  if (query.data && query.data.status !== known) setKnown(query.data.status)
  return (
    <Loaded query={query}>{(run) => <Run project={project} run={run} canRun={canRun} />}</Loaded>
  )
}

function Run({ project, run, canRun }: { project: string; run: RunView; canRun: boolean }) {
  const version = { id: run.versionId, number: run.versionNumber }
  const working = !isEnded(run.status)
  return (
    <Page
      title={
        <span className="flex flex-wrap items-center gap-2">
          {nameVersion(version)}
          {run.departures ? `, ${run.departures},` : ''} on {run.pool}{' '}
          {run.standing ? null : <RunBadge status={run.status} />}
          {run.standIn ? <StandIn /> : null}
        </span>
      }
      description={
        <>
          {describeCases(run)},{' '}
          <Link href={`/projects/${project}/versions/${versionPath(version)}`} className="link">
            {run.versionNumber === null ? 'see the draft' : `see ${nameVersion(version)}`}
          </Link>
          {run.experiment ? (
            <>
              , of the experiment{' '}
              <Link
                href={`/projects/${project}/runs/experiments/${run.experiment.id}`}
                className="link"
              >
                {run.experiment.name}
              </Link>
            </>
          ) : null}
          . Started <Time iso={run.createdAt} />
          {run.startedBy ? ` by ${run.startedBy}` : ''}.
        </>
      }
      actions={
        canRun && working ? (
          <>
            {run.batchStage === 'jobs' ? null : (
              <PauseButton project={project} run={run} isAtLimit={findLimitReached(run) !== null} />
            )}
            <StopButton project={project} runId={run.id} stopping={run.status === 'stopping'} />
          </>
        ) : null
      }
    >
      {run.status === 'failed' ? (
        <FailedNotice project={project} run={run} canRun={canRun} />
      ) : null}
      {run.outage ? <OutageNotice outage={run.outage} /> : null}
      {run.status === 'paused' && (run.batchStage !== 'jobs' || readLimitPassed(run.message)) ? (
        <PausedNotice project={project} run={run} canRun={canRun} />
      ) : null}
      {run.status === 'stopped' ? (
        <Notice tone="warn" title={run.message ?? 'Stopped.'}>
          The {count(run.done + run.failed)} cases that were labelled are kept.
        </Notice>
      ) : null}
      {run.contentIsCurrent ? null : (
        <Notice title="The draft has been changed since">
          This run used it as it was when the run was started. Start another to try what it says
          now.
        </Notice>
      )}
      <RestNotice project={project} run={run} canRun={canRun} />
      {run.batchStage === 'jobs' || run.batchJobs.length > 0 ? (
        <BatchCard jobs={run.batchJobs} />
      ) : null}
      <ProgressCard run={run} />
      {run.seriesId !== null && run.pool !== 'test' ? (
        <SeriesCard project={project} runId={run.id} />
      ) : null}
      <FailuresCard failures={run.failures} />
      <StatusesCard statuses={run.statuses} />
      {run.pool === 'test' ? (
        <Notice title="The test pool is locked">
          {run.standing
            ? 'Its cases are not listed, and it has no score: what came one by one is no test.'
            : 'Its cases are not listed. Its one score is published on the accuracy page.'}
        </Notice>
      ) : (
        <>
          {run.standing ? null : <SecondOpinionCard project={project} run={run} canRun={canRun} />}
          <SuggestionsCard project={project} run={run} />
        </>
      )}
    </Page>
  )
}

function describeCases(run: RunView): string {
  if (run.standing) {
    return `${count(run.items)} cases of the ${run.pool} pool that came one by one; it never ends`
  }
  if (run.onlyUnlabelled) {
    return `${count(run.items)} cases of the ${run.pool} pool that it had not labelled before`
  }
  if (run.caseLimit === null) return `All ${count(run.items)} cases of the ${run.pool} pool`
  return `The first ${count(run.items)} cases of the ${run.pool} pool by random rank`
}

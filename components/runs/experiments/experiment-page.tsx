'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { experimentQuery, tablePath } from '@/lib/runs/experiments/queries'
import { countSetups, isAtWork } from '@/lib/runs/experiments/rules'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { BestCard } from './best-card'
import { CellsTable } from './cells-table'
import { DeletedNotice } from './deleted-notice'
import { ExperimentActions } from './experiment-actions'
import { ExperimentBadge } from './experiments-table'
import { PositionsCard } from './positions-card'
import { WorkCard } from './work-card'

type ExperimentPageProps = { project: string; experimentId: string; canRun: boolean }

export function ExperimentPage({ project, experimentId, canRun }: ExperimentPageProps) {
  const [base, setBase] = useQueryState('base', parseAsString.withDefault(''))
  const query = useQuery(experimentQuery(project, experimentId, base))
  return (
    <Loaded query={query}>
      {(view) => (
        <Experiment
          project={project}
          view={view}
          canRun={canRun}
          onChooseBase={(id) => void setBase(id)}
        />
      )}
    </Loaded>
  )
}

type ExperimentProps = {
  project: string
  view: ExperimentView
  canRun: boolean
  onChooseBase: (cellId: string) => void
}

function Experiment({ project, view, canRun, onChooseBase }: ExperimentProps) {
  const measured = view.table.some(({ figures }) => figures !== null)
  return (
    <Page
      width="wide"
      title={
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words">{view.name}</span>{' '}
          <ExperimentBadge experiment={view} /> {view.standIn ? <StandIn /> : null}
        </span>
      }
      description={
        <>
          {describe(view)} Started <Time iso={view.createdAt} />
          {view.startedBy ? ` by ${view.startedBy}` : ''}. Cost {isAtWork(view) ? 'so far ' : ''}
          {costWords(view.cost, view.priced)}.
        </>
      }
      actions={
        <>
          <Button asChild>
            <Link href={`/projects/${project}/runs/experiments`}>All experiments</Link>
          </Button>
          {measured ? (
            <Button asChild>
              <a href={tablePath(project, view.id, view.baseId)} download>
                Download CSV
              </a>
            </Button>
          ) : null}
          {canRun && view.archivedAt === null ? (
            <ExperimentActions project={project} view={view} />
          ) : null}
        </>
      }
    >
      {view.archivedAt === null ? null : (
        <DeletedNotice
          project={project}
          id={view.id}
          archivedAt={view.archivedAt}
          canRun={canRun}
        />
      )}
      <WorkCard project={project} view={view} />
      {view.table.some(({ current }) => !current) ? (
        <Notice title="A draft has been changed since">
          Its set-ups ran as it was when the experiment was begun, and run so again.
        </Notice>
      ) : null}
      {measured ? <BestCard project={project} view={view} canRun={canRun} /> : null}
      <Card
        title="Set-ups side by side"
        description="On the same cases. No valid label counts as wrong; a case without a final label counts in no accuracy."
      >
        <CellsTable project={project} view={view} onChooseBase={onChooseBase} />
      </Card>
      <PositionsCard view={view} />
    </Page>
  )
}

function describe({ cells, pool, caseLimit, items, repeats }: ExperimentView): string {
  const each = cells * repeats === 0 ? 0 : Math.round(items / cells / repeats)
  const which = caseLimit === null ? `all ${count(each)}` : `the first ${count(each)}`
  const times = repeats > 1 ? `, ${repeats} times each` : ''
  return `${countSetups(cells)} on ${which} cases of the ${pool} pool${times}.`
}

'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { runsQuery } from '@/lib/runs/queries'
import { LabelCaseCard } from './label-case-card'
import { RunsTable } from './runs-table'
import { SpendingCard } from './spending-card'
import { StandingCard } from './standing-card'

export function RunsPage({ project, canRun }: { project: string; canRun: boolean }) {
  const query = useQuery(runsQuery(project))
  const newRun = canRun ? (
    <Button variant="primary" asChild>
      <Link href={`/projects/${project}/runs/new`}>New run</Link>
    </Button>
  ) : null
  return (
    <Page
      title="Runs"
      description="A run lets one version of the prompt label a set of cases."
      actions={
        <>
          <Button asChild>
            <Link href={`/projects/${project}/runs/experiments`}>Experiments</Link>
          </Button>
          {newRun}
        </>
      }
    >
      {canRun ? <LabelCaseCard project={project} /> : null}
      <Loaded query={query}>
        {(runs) =>
          runs.length === 0 ? (
            <Empty title="No runs yet" action={newRun}>
              {canRun
                ? 'Start one: the model suggests a label and a reason for each case, and people check them.'
                : 'A prompt engineer starts the first one. Its progress and cost will be here.'}
            </Empty>
          ) : (
            <Card>
              <RunsTable project={project} runs={runs} />
            </Card>
          )
        }
      </Loaded>
      <SpendingCard project={project} />
      <StandingCard project={project} />
    </Page>
  )
}

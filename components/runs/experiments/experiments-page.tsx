'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { experimentsQuery } from '@/lib/runs/experiments/queries'
import { ExperimentsTable } from './experiments-table'

export function ExperimentsPage({ project, canRun }: { project: string; canRun: boolean }) {
  const query = useQuery(experimentsQuery(project))
  const begin = canRun ? (
    <Button variant="primary" asChild>
      <Link href={`/projects/${project}/runs/experiments/new`}>New experiment</Link>
    </Button>
  ) : null
  return (
    <Page
      title="Experiments"
      description="An experiment tries several set-ups on the same cases: versions, models, examples, packs. One table tells them apart."
      actions={
        <>
          <Button asChild>
            <Link href={`/projects/${project}/runs`}>All runs</Link>
          </Button>
          {begin}
        </>
      }
    >
      <Loaded query={query}>
        {(experiments) =>
          experiments.length === 0 ? (
            <Empty title="No experiments yet" action={begin}>
              {canRun
                ? 'Choose what is to be crossed with what. You see what it takes before it starts.'
                : 'A prompt engineer starts the first one. Its table will be here.'}
            </Empty>
          ) : (
            <Card>
              <ExperimentsTable project={project} experiments={experiments} />
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { runOptionsQuery } from '@/lib/runs/queries'
import { NewRunForm } from './new-run-form'

type NewRunPageProps = {
  project: string
  /** Chosen beforehand, by the link that led here. */
  versionId?: string
  pool?: string
}

export function NewRunPage({ project, versionId, pool }: NewRunPageProps) {
  const query = useQuery(runOptionsQuery(project))
  return (
    <Page
      width="narrow"
      title="New run"
      description="Choose what labels which cases. You see what it takes before it starts."
    >
      <Loaded query={query}>
        {(options) =>
          options.versions.length === 0 ? (
            <Empty
              title="There is no version to run yet"
              action={
                <Button variant="primary" asChild>
                  <Link href={`/projects/${project}/versions`}>Write the first version</Link>
                </Button>
              }
            >
              A version says which categories there are and how the model is asked.
            </Empty>
          ) : (
            <NewRunForm
              project={project}
              options={options}
              start={{ versionId, pool: pool === 'example' ? 'example' : 'dev' }}
            />
          )
        }
      </Loaded>
    </Page>
  )
}

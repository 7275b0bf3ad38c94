'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { runOptionsQuery } from '@/lib/runs/queries'
import { NewExperimentForm } from './new-experiment-form'

type NewExperimentPageProps = { project: string; versionId?: string }

export function NewExperimentPage({ project, versionId }: NewExperimentPageProps) {
  const query = useQuery(runOptionsQuery(project))
  return (
    <Page
      title="New experiment"
      description="Every value you choose is crossed with every other, over the same cases. You see what it takes before it starts."
    >
      <Loaded query={query}>
        {(options) =>
          options.versions.length === 0 ? (
            <Empty
              title="There is no version to try yet"
              action={
                <Button variant="primary" asChild>
                  <Link href={`/projects/${project}/versions`}>Write the first version</Link>
                </Button>
              }
            >
              A version says which categories there are and how the model is asked.
            </Empty>
          ) : (
            <NewExperimentForm project={project} options={options} versionId={versionId} />
          )
        }
      </Loaded>
    </Page>
  )
}

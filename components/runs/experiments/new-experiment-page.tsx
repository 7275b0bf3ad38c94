'use client'
import { Page } from '@/components/layout/page'
import { WithOptions } from '../with-options'
import { NewExperimentForm } from './new-experiment-form'

type NewExperimentPageProps = { project: string; versionId?: string }

export function NewExperimentPage({ project, versionId }: NewExperimentPageProps) {
  return (
    <Page
      title="New experiment"
      description="Every value you choose is crossed with every other, over the same cases. You see what it takes before it starts."
    >
      <WithOptions project={project} none="There is no version to try yet">
        {(options) => (
          <NewExperimentForm project={project} options={options} versionId={versionId} />
        )}
      </WithOptions>
    </Page>
  )
}

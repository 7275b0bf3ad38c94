'use client'
import { Page } from '@/components/layout/page'
import { NewRunForm } from './new-run-form'
import { WithOptions } from './with-options'

type NewRunPageProps = {
  project: string
  /** Chosen beforehand, by the link that led here. */
  versionId?: string
  pool?: string
}

export function NewRunPage({ project, versionId, pool }: NewRunPageProps) {
  return (
    <Page
      width="narrow"
      title="New run"
      description="Choose what labels which cases. You see what it takes before it starts."
    >
      <WithOptions project={project} none="There is no version to run yet">
        {(options) => (
          <NewRunForm
            project={project}
            options={options}
            start={{ versionId, pool: pool === 'example' ? 'example' : 'dev' }}
          />
        )}
      </WithOptions>
    </Page>
  )
}

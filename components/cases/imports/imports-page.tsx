'use client'
import { useQuery } from '@tanstack/react-query'
import { Page } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { importsQuery } from '@/lib/cases/imports/queries'
import { DropZone } from './drop-zone'
import { ImportsTable } from './imports-table'

export function ImportsPage({ project }: { project: string }) {
  const query = useQuery(importsQuery(project))
  return (
    <Page
      title="Import cases"
      description="Upload a file, say which column is what, and look at it before anything is imported."
    >
      <DropZone project={project} />
      <Loaded query={query}>
        {(imports) =>
          imports.length === 0 ? null : (
            <Card title="Files so far">
              <ImportsTable project={project} imports={imports} />
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}

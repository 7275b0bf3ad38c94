'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { versionsQuery } from '@/lib/versions/queries'
import { versionPath } from '@/lib/versions/rules'
import { NewDraftButton } from './new-draft-button'
import { ReleasesCard } from './release/releases-card'
import { VersionsTable } from './versions-table'

export function VersionsPage({ project, mayEdit }: { project: string; mayEdit: boolean }) {
  const versions = useQuery(versionsQuery(project))
  return (
    <Page
      title="Versions"
      description="Each version is a prompt. Change a draft, try it on dev, freeze it, prove it on test, release it."
      actions={<Actions project={project} mayEdit={mayEdit} />}
    >
      <Loaded query={versions}>
        {(all) => {
          const drafts = all.filter(({ number }) => number === null)
          const frozen = all.filter(({ number }) => number !== null)
          return (
            <>
              <Card title="Drafts">
                {drafts.length > 0 ? (
                  <VersionsTable project={project} versions={drafts} label="Drafts" />
                ) : (
                  <p className="text-muted">
                    No draft is open.{' '}
                    {mayEdit ? 'Make one from a version to change the prompt.' : ''}
                  </p>
                )}
              </Card>
              {frozen.length > 0 ? (
                <Card
                  title="Frozen versions"
                  description="They never change: each figure below belongs to exactly this prompt."
                >
                  <VersionsTable project={project} versions={frozen} label="Frozen versions" />
                </Card>
              ) : (
                <Empty title="No version is frozen yet">
                  Open the draft, check its categories, try it on dev and freeze it as v1.
                </Empty>
              )}
              <ReleasesCard project={project} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Actions({ project, mayEdit }: { project: string; mayEdit: boolean }) {
  const { data = [] } = useQuery(versionsQuery(project))
  const start =
    data.find(({ released }) => released) ?? data.find(({ number }) => number) ?? data[0]
  const isFirst = start?.number === null
  const [b, a] = data
  return (
    <>
      {a && b ? (
        <Button asChild>
          <Link
            href={`/projects/${project}/versions/compare?a=${versionPath(a)}&b=${versionPath(b)}`}
          >
            Compare
          </Link>
        </Button>
      ) : null}
      {mayEdit && start ? (
        <NewDraftButton
          project={project}
          from={start}
          variant={isFirst ? 'secondary' : 'primary'}
        />
      ) : null}
      {mayEdit && start && isFirst ? (
        <Button asChild variant="primary">
          <Link href={`/projects/${project}/versions/${versionPath(start)}`}>Open the draft</Link>
        </Button>
      ) : null}
    </>
  )
}

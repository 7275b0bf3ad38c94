'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionsQuery } from '@/lib/versions/queries'
import { versionPath } from '@/lib/versions/rules'
import { ImportFilesButton } from './files/import-files-button'
import { ChosenBar } from './history/chosen-bar'
import { DiscardedDrafts } from './history/discarded-drafts'
import { VersionTree } from './history/version-tree'
import { NewDraftButton } from './new-draft-button'
import { ReleasesCard } from './release/releases-card'
import { SideBySideLink } from './side-by-side/side-by-side-link'

export function VersionsPage({ project, mayEdit }: { project: string; mayEdit: boolean }) {
  const versions = useQuery(versionsQuery(project))
  return (
    <Page
      title="Versions"
      description="Each version is a prompt. Change a draft, try it on dev, freeze it, prove it on test, release it."
      actions={<Actions project={project} mayEdit={mayEdit} />}
    >
      <Loaded query={versions}>
        {(all) => <History project={project} versions={all} mayEdit={mayEdit} />}
      </Loaded>
      <ReleasesCard project={project} />
    </Page>
  )
}

type HistoryProps = { project: string; versions: VersionSummary[]; mayEdit: boolean }

function History({ project, versions, mayEdit }: HistoryProps) {
  const [ids, setIds] = useState<readonly string[]>([])
  const chosen = ids.flatMap((id) => versions.find((version) => version.id === id) ?? [])
  const frozen = versions.some(({ number }) => number !== null)
  return (
    <>
      <Card
        title="History"
        description={
          frozen
            ? 'The newest first; what went another way stands below what it was made from. Frozen versions never change, so each figure belongs to exactly that prompt.'
            : mayEdit
              ? 'No version is frozen yet. Open the draft, check its categories, try it on dev and freeze it as v1.'
              : 'No version is frozen yet. A prompt engineer works on the draft, tries it on dev and freezes it as v1.'
        }
      >
        <VersionTree
          project={project}
          versions={versions}
          chosen={new Set(ids)}
          onChoose={(id, isChosen) =>
            setIds(isChosen ? [...ids, id] : ids.filter((other) => other !== id))
          }
          mayEdit={mayEdit}
        />
        <DiscardedDrafts project={project} mayEdit={mayEdit} />
      </Card>
      {chosen.length > 0 ? (
        <ChosenBar project={project} chosen={chosen} onClear={() => setIds([])}>
          <SideBySideLink project={project} chosen={chosen} />
        </ChosenBar>
      ) : null}
    </>
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
      {mayEdit && start ? <ImportFilesButton project={project} versions={data} /> : null}
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

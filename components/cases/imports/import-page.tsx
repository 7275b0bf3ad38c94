'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { importQuery } from '@/lib/cases/imports/queries'
import type { ImportDetail } from '@/lib/cases/imports/schema'
import { DiscardButton } from './discard-button'
import { ImportBadge } from './import-badge'
import { PreparePart } from './prepare-part'
import { ProblemsCard } from './problems-card'
import { ResultCard } from './result-card'
import { RunningCard } from './running-card'

export function ImportPage({ project, importId }: { project: string; importId: string }) {
  const query = useQuery(importQuery(project, importId))
  const found = query.data
  const canDiscard = found && ['ready', 'rejected', 'failed'].includes(found.status)
  return (
    <Page
      title={
        <span className="flex flex-wrap items-center gap-2">
          {found?.fileName ?? 'Import'}
          {found ? <ImportBadge found={found} /> : null}
        </span>
      }
      description={
        <Link className="link" href={`/projects/${project}/imports`}>
          All files
        </Link>
      }
      actions={canDiscard ? <DiscardButton project={project} importId={importId} /> : null}
    >
      <Loaded query={query}>{(detail) => <Parts project={project} detail={detail} />}</Loaded>
    </Page>
  )
}

function Parts({ project, detail }: { project: string; detail: ImportDetail }) {
  const { status } = detail
  return (
    <>
      {status === 'failed' ? (
        <Notice tone="bad" title="Nothing was imported">
          {detail.error}
        </Notice>
      ) : null}
      {status === 'uploading' ? (
        <Notice title="The file is still arriving">Reload this page in a moment.</Notice>
      ) : null}
      {status === 'running' ? <RunningCard detail={detail} /> : null}
      {status === 'done' ? <ResultCard project={project} detail={detail} /> : null}
      {status === 'rejected' ? <Rejected detail={detail} /> : null}
      {detail.problems.length > 0 && status !== 'running' ? (
        <ProblemsCard project={project} detail={detail} />
      ) : null}
      {status === 'ready' || status === 'rejected' ? (
        <PreparePart project={project} detail={detail} />
      ) : null}
    </>
  )
}

function Rejected({ detail }: { detail: ImportDetail }) {
  const good = detail.rows - detail.bad
  return (
    <Notice tone="bad" title={`Nothing was imported: ${detail.bad} of ${detail.rows} rows are bad`}>
      {good > 0
        ? `Change the mapping below, import only the ${good} good rows, or mend the file and upload it again.`
        : 'Change the mapping below, or mend the file and upload it again.'}
    </Notice>
  )
}

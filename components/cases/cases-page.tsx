'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useDeferredValue } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { NotLoaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import { Skeleton } from '@/components/ui/skeleton'
import { casesQuery } from '@/lib/cases/listing/queries'
import { CaseCountsLine } from './case-counts-line'
import { CaseFilters } from './case-filters'
import { CasesTable } from './cases-table'
import { useCaseFilter } from './use-case-filter'

type CasesPageProps = {
  project: string
  canSeeLabels: boolean
  canImport: boolean
  canConfirmBulk: boolean
}

/** The adapter stands here and not around every page: the review page must stay small. */
export function CasesPage(props: CasesPageProps) {
  return (
    <NuqsAdapter>
      <CaseList {...props} />
    </NuqsAdapter>
  )
}

function CaseList({ project, canSeeLabels, canImport, canConfirmBulk }: CasesPageProps) {
  const { filter, isFiltered, change, clear } = useCaseFilter()
  const query = useInfiniteQuery(casesQuery(project, useDeferredValue(filter)))
  const rows = query.data?.pages.flatMap((page) => page.rows)
  const importLink = canImport ? (
    <Button asChild>
      <Link href={`/projects/${project}/imports`}>Import cases</Link>
    </Button>
  ) : null
  const bulkLink = canConfirmBulk ? (
    <Button asChild>
      <Link href={`/projects/${project}/bulk-confirm`} prefetch={false}>
        Bulk confirm
      </Link>
    </Button>
  ) : null
  return (
    <Page
      title="Cases"
      description={canSeeLabels ? <CaseCountsLine project={project} /> : null}
      actions={
        <>
          {bulkLink}
          {importLink}
        </>
      }
      width="wide"
    >
      <CaseFilters
        project={project}
        filter={filter}
        change={change}
        clear={clear}
        isFiltered={isFiltered}
        canSeeLabels={canSeeLabels}
      />
      {query.isError && !rows ? (
        <NotLoaded query={query} title="The cases could not be loaded" />
      ) : null}
      {query.isPending ? <Skeleton className="h-40" /> : null}
      {rows?.length === 0 ? (
        <NoCases isFiltered={isFiltered} clear={clear} importLink={importLink} />
      ) : null}
      {rows && rows.length > 0 ? (
        <Card className={query.isPlaceholderData ? 'opacity-60' : ''}>
          <CasesTable project={project} rows={rows} showFacts={canSeeLabels} />
          <ShowMore query={query} className="mt-3" />
        </Card>
      ) : null}
    </Page>
  )
}

type NoCasesProps = { isFiltered: boolean; clear: () => void; importLink: React.ReactNode }

function NoCases({ isFiltered, clear, importLink }: NoCasesProps) {
  if (isFiltered) {
    return (
      <Empty title="No case fits" action={<Button onClick={clear}>Clear the filters</Button>}>
        Search for something shorter, or leave out a filter.
      </Empty>
    )
  }
  return (
    <Empty title="No cases yet" action={importLink}>
      {importLink
        ? 'Import a CSV or JSONL file with your support cases to begin.'
        : 'A manager or prompt engineer imports them.'}
    </Empty>
  )
}

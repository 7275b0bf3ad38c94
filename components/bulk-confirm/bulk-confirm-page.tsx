'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { percent } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { bulkQuery } from '@/lib/reviews/bulk/queries'
import { CaseGrid } from './case-grid'
import { GateCard } from './gate-card'
import { RecordsCard } from './records-card'

/** Many example cases of one predicted category confirmed at once, where blind reviews allow it. */
export function BulkConfirmPage({ project }: { project: string }) {
  const query = useQuery(bulkQuery(project))
  const [labelId, setLabelId] = useState<string | null>(null)
  return (
    <Page
      title="Bulk confirm"
      description="Confirm many suggestions at once in categories that the model is proven to get right. A random tenth still goes to ordinary review, and the labels stay marked as confirmed in bulk."
    >
      <Loaded query={query}>
        {(view) => {
          const chosen = view.categories.find((category) => category.labelId === labelId)
          return view.setup === null ? (
            <Empty
              title="Nothing is released yet"
              action={
                <Button asChild variant="primary">
                  <Link href={`/projects/${project}/versions`}>Open versions</Link>
                </Button>
              }
            >
              Once a released version has labelled the example cases, those of a category can be
              confirmed here, if blind reviews show that it is right in at least{' '}
              {percent(view.required, 0)} of them.
            </Empty>
          ) : (
            <>
              <GateCard view={view} chosenId={labelId} onChoose={setLabelId} />
              {chosen?.allowed ? (
                <CaseGrid key={chosen.labelId} project={project} category={chosen} />
              ) : null}
              <RecordsCard records={view.records} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

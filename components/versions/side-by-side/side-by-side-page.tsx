'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { StandIn } from '@/components/ui/stand-in'
import { versionsQuery } from '@/lib/versions/queries'
import { sideBySideQuery } from '@/lib/versions/side-by-side/queries'
import { describeSideBySide, isUnderWay, listMissing } from '@/lib/versions/side-by-side/rules'
import type { SideBySideView } from '@/lib/versions/side-by-side/schema'
import { SideProgress } from './side-progress'
import { SidesCard } from './sides-card'
import { SidesTable } from './sides-table'
import { StartRuns } from './start-runs'

type SideBySidePageProps = { project: string; mayEdit: boolean }

/** Several candidates against one baseline on dev. */
export function SideBySidePage({ project, mayEdit }: SideBySidePageProps) {
  const versions = useQuery(versionsQuery(project))
  const [{ base, of }, choose] = useQueryStates({
    base: parseAsString.withDefault(''),
    of: parseAsArrayOf(parseAsString).withDefault([]),
  })
  const found = useQuery(sideBySideQuery(project, base, of))
  return (
    <Page
      title="Side by side on dev"
      description="Several candidates against one baseline, on the same cases, corrected for trying several."
      actions={
        <Button asChild>
          <Link href={`/projects/${project}/versions`}>All versions</Link>
        </Button>
      }
    >
      <Loaded query={versions}>
        {(all) =>
          all.length < 2 ? (
            <Empty title="There is only one version yet">
              Make one or more drafts from it, and come back to see which of them is better.
            </Empty>
          ) : (
            <SidesCard
              all={all}
              base={base}
              of={of}
              onChoose={(next) => {
                void choose(next)
              }}
            />
          )
        }
      </Loaded>
      {base !== '' && of.length > 0 ? (
        <Loaded query={found}>
          {(view) => <Body project={project} view={view} mayEdit={mayEdit} />}
        </Loaded>
      ) : null}
    </Page>
  )
}

type BodyProps = { project: string; view: SideBySideView; mayEdit: boolean }

function Body({ project, view, mayEdit }: BodyProps) {
  const { headline, sentence } = describeSideBySide(view)
  const missing = listMissing(view)
  const standIn = [view.base, ...view.candidates].some(({ run }) => run?.standIn)
  return (
    <>
      <SideProgress project={project} view={view} />
      {mayEdit && missing.length > 0 && !isUnderWay(view) ? (
        <StartRuns project={project} view={view} missing={missing} />
      ) : null}
      <Card>
        <h2 className="flex flex-wrap items-center gap-2 break-words font-semibold text-xl tracking-tight">
          {headline}
          {standIn ? <StandIn /> : null}
        </h2>
        <p className="mt-1.5 mb-4 max-w-[46rem] text-pretty text-[13px] text-muted">{sentence}</p>
        <SidesTable project={project} view={view} />
      </Card>
    </>
  )
}

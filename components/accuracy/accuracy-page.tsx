'use client'
import { useQuery } from '@tanstack/react-query'
import { Page } from '@/components/layout/page'
import { Loaded } from '@/components/ui/loaded'
import { accuracyQuery } from '@/lib/accuracy/queries'
import { AgreementCard } from './agreement-card'
import { MatrixCard } from './matrix-card'
import { NothingMeasured } from './nothing-measured'
import { PeopleCard } from './people-card'
import { VerdictCard } from './verdict-card'
import { VersionsCard } from './versions-card'

/** `mayRun`: whether this person may start the run that an empty page asks for. */
export function AccuracyPage({ project, mayRun }: { project: string; mayRun: boolean }) {
  const accuracy = useQuery(accuracyQuery(project))
  return (
    <Page title="Accuracy">
      <Loaded query={accuracy}>
        {(data) => {
          const measured = data.versions.filter(({ dev }) => dev !== null && dev.exact.n > 0)
          const { verdict } = data
          return (
            <>
              {verdict ? (
                <VerdictCard verdict={verdict} accuracy={data} />
              ) : (
                <NothingMeasured project={project} mayRun={mayRun} accuracy={data} />
              )}
              {data.versions.length > 0 ? <VersionsCard project={project} accuracy={data} /> : null}
              {verdict ? (
                <MatrixCard project={project} versions={measured} verdict={verdict} />
              ) : null}
              {data.versions.length > 0 ? <AgreementCard versions={data.versions} /> : null}
              {data.people.closeCalls.n + data.people.others.n > 0 ? (
                <PeopleCard people={data.people} />
              ) : null}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

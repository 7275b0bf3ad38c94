'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { versionQuery } from '@/lib/versions/queries'
import { gateQuery } from '@/lib/versions/releases/queries'
import type { GateView } from '@/lib/versions/releases/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { FreezeButton } from '../freeze-button'
import { MeasuredNotice } from '../measured-notice'
import { NewDraftButton } from '../new-draft-button'
import { VersionFrame } from '../version-frame'
import { ReleasedNotice } from './example-pool'
import { ReachCard } from './reach-card'
import { ReleaseCard } from './release-card'
import { ReleasesCard } from './releases-card'
import { TestCard } from './test-card'

type ReleasePageProps = { project: string; version: string; mayEdit: boolean }

/** From a frozen version to the one that labels new cases: test first, then release. */
export function ReleasePage({ project, version: ref, mayEdit }: ReleasePageProps) {
  const version = useQuery(versionQuery(project, ref))
  const gate = useQuery(gateQuery(project, ref))
  return (
    <Loaded query={version}>
      {(data) => (
        <VersionFrame
          project={project}
          version={data}
          mayEdit={mayEdit}
          actions={mayEdit && data.number ? <NewDraftButton project={project} from={data} /> : null}
        >
          <Loaded query={gate}>
            {(found) =>
              found.frozen ? (
                <Frozen
                  versionRef={ref}
                  project={project}
                  version={data}
                  gate={found}
                  mayTest={mayEdit}
                />
              ) : (
                <>
                  <MeasuredNotice project={project} version={ref} />
                  <ReachCard project={project} version={data} />
                  <Card
                    title="Freeze the draft first"
                    description="Only a version that can’t change any more is tested and released, so that its score stays true."
                    action={mayEdit ? <FreezeButton project={project} version={data} /> : null}
                  />
                </>
              )
            }
          </Loaded>
        </VersionFrame>
      )}
    </Loaded>
  )
}

type FrozenProps = {
  project: string
  /** As the address has it. */
  versionRef: string
  version: VersionView
  gate: GateView
  mayTest: boolean
}

function Frozen({ project, versionRef, version, gate, mayTest }: FrozenProps) {
  return (
    <>
      {gate.released ? (
        <ReleasedNotice
          project={project}
          version={versionPath(version)}
          name={`v${version.number}`}
        />
      ) : null}
      {gate.test.score ? null : (
        <>
          <MeasuredNotice project={project} version={versionRef} />
          <ReachCard project={project} version={version} />
        </>
      )}
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <TestCard project={project} version={version} gate={gate} mayTest={mayTest} />
        <ReleaseCard project={project} version={version} gate={gate} />
      </div>
      <ReleasesCard project={project} />
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { effectsQuery } from '@/lib/runs/effects/queries'
import type { EffectsView } from '@/lib/runs/effects/schema'
import { isEnded } from '@/lib/runs/rules'
import { versionQuery } from '@/lib/versions/queries'
import type { VersionView } from '@/lib/versions/schema'
import { hrefOf, VersionFrame } from '../version-frame'
import { PruneCard } from './prune-card'
import { ResultsCard } from './results-card'
import { StartEffects } from './start-effects'
import { StudyProgress } from './study-progress'

type EffectsPageProps = { project: string; version: string; mayEdit: boolean }

/** What each example of a version does on the cases of dev. */
export function EffectsPage({ project, version: ref, mayEdit }: EffectsPageProps) {
  const version = useQuery(versionQuery(project, ref))
  const effects = useQuery(effectsQuery(project, ref))
  return (
    <Loaded query={version}>
      {(data) => (
        <VersionFrame project={project} version={data} mayEdit={mayEdit}>
          <Loaded query={effects}>
            {(found) => (
              <EffectsBody project={project} version={data} effects={found} mayEdit={mayEdit} />
            )}
          </Loaded>
        </VersionFrame>
      )}
    </Loaded>
  )
}

type BodyProps = { project: string; version: VersionView; effects: EffectsView; mayEdit: boolean }

function EffectsBody({ project, version, effects, mayEdit }: BodyProps) {
  const { study, examples } = effects
  if (!study && examples === 0) {
    return <NoExamples project={project} version={version} mayEdit={mayEdit} />
  }
  if (!study && !mayEdit) {
    return (
      <Empty title="Nobody has looked at what these examples do yet">
        A prompt engineer can have each of them left out once on dev.
      </Empty>
    )
  }
  const ended = study === null || isEnded(study.status)
  const measured = study?.parts.some(({ result }) => result) ?? false
  return (
    <>
      {study ? (
        <StudyProgress project={project} version={version} study={study} mayEdit={mayEdit} />
      ) : null}
      {study && !study.current ? (
        <Notice tone="warn" title="The draft has changed since">
          What you see was measured on an older state of it. Look again to see what its examples do
          now.
        </Notice>
      ) : null}
      {study?.similarMayDiffer ? (
        <Notice tone="warn" title="Its similar examples may differ a little">
          Some cases were asked beside other similar examples than in the run with all examples:
          they shared a call with other cases, or that run does not tell under which labels its
          similar examples stood and some were revised since. That may pass for an effect.
        </Notice>
      ) : null}
      {study && measured ? (
        <>
          <ResultsCard project={project} version={version} study={study} />
          {mayEdit && ended ? (
            <PruneCard project={project} version={version} study={study} />
          ) : null}
        </>
      ) : null}
      {mayEdit && ended && examples > 0 ? (
        <StartEffects project={project} version={version} effects={effects} />
      ) : null}
    </>
  )
}

function NoExamples({ project, version, mayEdit }: Omit<BodyProps, 'effects'>) {
  return (
    <Empty
      title="This version has no example in use"
      action={
        mayEdit ? (
          <>
            <Button asChild>
              <Link href={hrefOf(project, version)}>
                {version.number === null ? 'Add an example' : 'Open the prompt'}
              </Link>
            </Button>
            <Button asChild variant="primary">
              <Link href={`/projects/${project}/corrections`}>Promote corrections</Link>
            </Button>
          </>
        ) : null
      }
    >
      Once it has some, this page shows what each of them fixes, breaks and costs.
    </Empty>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { versionQuery } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { trialQuery } from '@/lib/versions/trials/queries'
import { listMissingRuns } from '@/lib/versions/trials/rules'
import type { TrialView } from '@/lib/versions/trials/schema'
import { FreezeButton } from '../freeze-button'
import { hrefOf, VersionFrame } from '../version-frame'
import { AloneCard } from './alone-card'
import { CategoriesCard } from './categories-card'
import { ChangesCard } from './changes-card'
import { DifferingCases } from './differing-cases'
import { StartTrial } from './start-trial'
import { TrialProgress } from './trial-progress'
import { VerdictCard } from './verdict-card'

type TrialPageProps = { project: string; version: string; mayEdit: boolean }

/** A version beside its parent on the cases of dev. */
export function TrialPage({ project, version: ref, mayEdit }: TrialPageProps) {
  const version = useQuery(versionQuery(project, ref))
  const trial = useQuery(trialQuery(project, ref))
  return (
    <Loaded query={version}>
      {(data) => (
        <VersionFrame
          project={project}
          version={data}
          actions={mayEdit ? <Actions project={project} version={data} /> : null}
        >
          <Loaded query={trial}>
            {(found) => (
              <TrialBody project={project} version={data} trial={found} mayEdit={mayEdit} />
            )}
          </Loaded>
        </VersionFrame>
      )}
    </Loaded>
  )
}

function Actions({ project, version }: { project: string; version: VersionView }) {
  const href = hrefOf(project, version)
  if (version.number !== null) {
    return (
      <Button asChild variant="primary">
        <Link href={`${href}/release`}>Test and release</Link>
      </Button>
    )
  }
  return (
    <>
      <Button asChild>
        <Link href={href}>Edit</Link>
      </Button>
      <FreezeButton project={project} version={version} />
    </>
  )
}

type TrialBodyProps = { project: string; version: VersionView; trial: TrialView; mayEdit: boolean }

function TrialBody({ project, version, trial, mayEdit }: TrialBodyProps) {
  const { result, alone, draftRun, parent } = trial
  const names = {
    draft: version.number === null ? 'draft' : `v${version.number}`,
    parent: parent ? nameVersion(parent) : null,
  }
  const missing = listMissingRuns(trial)
  const labelOf = new Map(version.categories.map(({ categoryId, name }) => [categoryId, name]))
  return (
    <>
      <TrialProgress project={project} trial={trial} names={names} />
      {draftRun && !draftRun.current && draftRun.status === 'done' ? (
        <Notice tone="warn" title="The draft has changed since this trial">
          What you see was measured on an older state of it. Try it again to see what it does now.
        </Notice>
      ) : null}
      {mayEdit && missing.length > 0 ? (
        <StartTrial project={project} version={version} trial={trial} missing={missing} />
      ) : null}
      {!mayEdit && !draftRun ? (
        <Notice title="Not tried on dev yet">A prompt engineer can start the trial.</Notice>
      ) : null}
      {result ? (
        <>
          <VerdictCard trial={trial} result={result} names={names} />
          <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[6fr_5fr]">
            <CategoriesCard result={result} target={trial.targetAccuracy} names={names} />
            <div className="grid min-w-0 gap-4">
              <DifferingCases
                project={project}
                title="Broken"
                tone="bad"
                cases={result.broken}
                labelOf={labelOf}
                empty="No case that was right is wrong now."
              />
              <DifferingCases
                project={project}
                title="Fixed"
                tone="good"
                cases={result.fixed}
                labelOf={labelOf}
                empty="No case that was wrong is right now."
              />
              <ChangesCard version={version} />
            </div>
          </div>
        </>
      ) : null}
      {alone ? <AloneCard trial={trial} alone={alone} name={names.draft} /> : null}
    </>
  )
}

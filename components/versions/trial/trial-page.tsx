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
import { MeasuredNotice } from '../measured-notice'
import { hrefOf, VersionFrame } from '../version-frame'
import { AloneCard } from './alone-card'
import { PinnedNotice } from './pinned-notice'
import { RepeatCard } from './repeat-card'
import { ResultBody } from './result-body'
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
          mayEdit={mayEdit}
          actions={mayEdit ? <Actions project={project} version={data} /> : null}
        >
          <Loaded query={trial}>
            {(found) => (
              <>
                <MeasuredNotice project={project} version={ref} />
                <TrialBody project={project} version={data} trial={found} mayEdit={mayEdit} />
              </>
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
  return (
    <>
      <TrialProgress project={project} trial={trial} names={names} />
      {draftRun && !draftRun.current && draftRun.status === 'done' ? (
        <PinnedNotice project={project} version={version} run={draftRun} />
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
          <ResultBody
            project={project}
            version={version}
            trial={trial}
            result={result}
            names={names}
            mayRun={mayEdit}
          />
        </>
      ) : null}
      {alone ? <AloneCard trial={trial} alone={alone} name={names.draft} /> : null}
      {alone && draftRun?.status === 'done' ? (
        <RepeatCard
          project={project}
          version={version}
          trial={trial}
          run={draftRun}
          mayRun={mayEdit}
        />
      ) : null}
    </>
  )
}

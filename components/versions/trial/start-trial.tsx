'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { nameVersion } from '@/lib/versions/rules'
import type { VersionName, VersionView } from '@/lib/versions/schema'
import { useStartTrial } from '@/lib/versions/trials/queries'
import { isUnderWay } from '@/lib/versions/trials/rules'
import type { TrialView } from '@/lib/versions/trials/schema'
import { CaseLimitField } from '../case-limit-field'
import { NoDevCases } from '../no-dev-cases'

const nameParent = (parent: VersionName) =>
  parent.number === null ? 'the draft it was made from' : nameVersion(parent)

type StartTrialProps = {
  project: string
  version: VersionView
  trial: TrialView
  /** Ids of the versions whose run is missing. */
  missing: string[]
}

/** Runs what is missing, on the same cases for both: all of dev, or its first ones by random rank. */
export function StartTrial({ project, version, trial, missing }: StartTrialProps) {
  const former = trial.parentRun?.caseLimit ?? null
  const [limit, setLimit] = useState<number | null>(former)
  const start = useStartTrial(project)
  const once = useOnce()
  if (isUnderWay(trial)) return null
  const { devCases, labelledDevCases, parent } = trial
  if (devCases === 0) return <NoDevCases project={project} />
  const both = missing.length > 1
  return (
    <Card
      title="Try on dev"
      description={
        <>
          Labels the cases of dev with {version.number === null ? 'this draft' : 'this version'}
          {parent ? ` and compares it with ${nameParent(parent)}` : ''}
          {both ? ', which has no run of its own yet either' : ''}. {count(labelledDevCases)} of{' '}
          {count(devCases)} cases have a final label: only these can tell anything.
        </>
      }
    >
      <div className="flex flex-wrap items-end gap-3">
        <CaseLimitField limit={limit} devCases={devCases} onChange={setLimit} />
        <Button
          variant="primary"
          busy={start.isPending}
          onClick={() =>
            once((again) =>
              start.mutate(
                { versionIds: missing, limit },
                { onError: showError, onSettled: again },
              ),
            )
          }
        >
          Try on dev
        </Button>
      </div>
    </Card>
  )
}

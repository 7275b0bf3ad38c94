'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { countChanges, diffSections } from '@/lib/versions/difference/rules'
import { toPromptContent, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { pinnedContentQuery, trialQuery, useStartTrial } from '@/lib/versions/trials/queries'
import type { TrialView } from '@/lib/versions/trials/schema'
import { describeUntried, listToTry, type Untried } from '@/lib/versions/trials/untried/rules'
import { hrefOf } from './version-frame'

/** What the draft was not tried with; `isKnown` once that is clear. Asked only while wanted. */
export function useUntried(project: string, version: VersionView, wanted: boolean) {
  const ref = versionPath(version)
  const trial = useQuery({ ...trialQuery(project, ref), enabled: wanted })
  const run = trial.data?.draftRun
  const tried = wanted && run?.status === 'done'
  const pinned = useQuery({
    ...pinnedContentQuery(project, ref, run?.id ?? ''),
    enabled: tried,
  })
  const before = pinned.data?.content ?? null
  const changes = useMemo(
    () => (wanted && before ? countChanges(diffSections(before, toPromptContent(version))) : 0),
    [wanted, before, version],
  )
  const isError = trial.isError || pinned.isError
  const isKnown = isError || (trial.isSuccess && (!tried || before !== null))
  return {
    isKnown,
    isError,
    trial: trial.data ?? null,
    untried: trial.data && isKnown && !isError ? describeUntried(trial.data, changes) : null,
  }
}

type UntriedNoticeProps = {
  project: string
  version: VersionView
  trial: TrialView
  untried: Untried
  /** Saves what is still open; null where that failed. */
  prepare: () => Promise<number | null>
}

/** Says what would be frozen untried, and leads to the trial instead. */
export function UntriedNotice({ project, version, trial, untried, prepare }: UntriedNoticeProps) {
  const router = useRouter()
  const start = useStartTrial(project)
  const [busy, setBusy] = useState(false)
  const { offer } = untried
  async function tryFirst() {
    setBusy(true)
    try {
      if ((await prepare()) === null) return
      if (offer === 'again') {
        const limit = trial.draftRun?.caseLimit ?? null
        await start.mutateAsync({ versionIds: listToTry(trial), limit })
      }
      router.push(`${hrefOf(project, version)}/trial`)
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Notice
      tone="warn"
      title={untried.title}
      action={
        offer ? (
          <Button size="sm" busy={busy} onClick={() => void tryFirst()}>
            {offer === 'again' ? 'Try it on dev again first' : 'Try it on dev first'}
          </Button>
        ) : null
      }
    >
      {untried.text}
    </Notice>
  )
}

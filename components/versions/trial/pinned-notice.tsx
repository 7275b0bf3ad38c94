'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { diffSections } from '@/lib/versions/difference/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { toPromptContent, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { pinnedContentQuery } from '@/lib/versions/trials/queries'
import type { TrialRun } from '@/lib/versions/trials/schema'
import { DifferenceView } from '../difference-view'

type PinnedNoticeProps = { project: string; version: VersionView; run: TrialRun }

/** Which state of the draft the trial measured, and what has changed in it since. */
export function PinnedNotice({ project, version, run }: PinnedNoticeProps) {
  const [open, setOpen] = useState(false)
  const pinned = useQuery({
    ...pinnedContentQuery(project, versionPath(version), run.id),
    enabled: open,
  })
  return (
    <Notice
      tone="warn"
      title={
        version.number === null
          ? 'The draft has changed since this trial'
          : `v${version.number} is not what this trial measured`
      }
      action={
        <Button size="sm" onClick={() => setOpen(true)}>
          Compare with now
        </Button>
      }
    >
      What you see is of the draft as it was at <Time iso={run.startedAt} />
      {version.number === null ? '' : ', before its last changes and its freezing'}. Try it again to
      see what it does now.
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="What has changed since the trial"
        description="Removed is what the trial measured, added is what it says now."
        className="max-w-3xl"
      >
        <Loaded query={pinned}>
          {({ content }) => <Changes before={content} version={version} />}
        </Loaded>
      </Dialog>
    </Notice>
  )
}

function Changes({ before, version }: { before: PromptContent; version: VersionView }) {
  const sections = useMemo(() => diffSections(before, toPromptContent(version)), [before, version])
  return <DifferenceView sections={sections} />
}

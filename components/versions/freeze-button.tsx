'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { checkFactsQuery } from '@/lib/versions/checks/queries'
import { checkDraft } from '@/lib/versions/checks/rules'
import { useFreezeDraft } from '@/lib/versions/drafts/queries'
import type { VersionView } from '@/lib/versions/schema'
import { FreezeDialog } from './freeze-dialog'
import { UntriedNotice, useUntried } from './untried-notice'

type FreezeButtonProps = {
  project: string
  version: VersionView
  /** Saves what is still open; says which state to freeze, or null where that failed. */
  prepare?: () => Promise<number | null>
}

export function FreezeButton({ project, version, prepare }: FreezeButtonProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const freeze = useFreezeDraft(project, version.id)
  const facts = useQuery({ ...checkFactsQuery(project, version.id), enabled: open })
  const known = facts.data ?? null
  const checks = useMemo(() => (open ? checkDraft(version, known) : []), [open, version, known])
  const untried = useUntried(project, version, open)
  const save = async () => (prepare ? await prepare() : version.edit)
  async function start() {
    const edit = await save()
    if (edit === null) return setOpen(false)
    // Awaited, as this button is gone by the time the draft is a version.
    const frozen = await freeze.mutateAsync(edit).catch(() => null)
    // What went wrong stands in the dialog.
    if (!frozen) return
    toast.success(`Frozen as v${frozen.number}.`)
    router.push(`/projects/${project}/versions/${frozen.number}/release`)
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Freeze as v{version.nextNumber}
      </Button>
      <FreezeDialog
        open={open}
        onOpenChange={setOpen}
        number={version.nextNumber}
        checks={checks}
        busy={freeze.isPending || facts.isLoading || !untried.isKnown}
        error={freeze.error ? errorMessage(freeze.error) : null}
        onFreeze={() => void start()}
      >
        {untried.isError ? (
          <Notice tone="warn" title="Whether it was tried on dev as it is now is not known">
            The last trial could not be read. Look at “Trial on dev” before you freeze.
          </Notice>
        ) : null}
        {untried.trial && untried.untried ? (
          <UntriedNotice
            project={project}
            version={version}
            trial={untried.trial}
            untried={untried.untried}
            prepare={save}
          />
        ) : null}
      </FreezeDialog>
    </>
  )
}

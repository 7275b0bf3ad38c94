'use client'
import { toast } from 'sonner'
import { showError } from '@/components/ui/show-error'
import { useRelease } from '@/lib/versions/releases/queries'

type Releasing = {
  number: number | null
  reason?: string
  /** What was in force until now, and comes back on undo; null for nothing. */
  former: number | null
  said: string
}

/** Releases at once, and offers to put back what was in force. */
export function useReleaseWithUndo(project: string) {
  const release = useRelease(project)
  function put({ number, reason, former, said }: Releasing) {
    const undo = {
      label: 'Undo',
      onClick: () =>
        release.mutate(
          { version: String(former) },
          { onSuccess: () => toast(`v${former} is back in force`), onError: showError },
        ),
    }
    release.mutate(
      { version: String(number), ...(reason ? { reason } : {}) },
      {
        onSuccess: () => toast.success(said, former === null ? {} : { action: undo }),
        onError: showError,
      },
    )
  }
  return { put, isPending: release.isPending }
}

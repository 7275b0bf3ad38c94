'use client'
import { toast } from 'sonner'
import { showError } from '@/components/ui/show-error'
import { useRelease } from '@/lib/versions/releases/queries'
import { tellLabelling } from './example-pool'

type Releasing = {
  number: number | null
  reason?: string
  /** Let it label the example pool right away. */
  label?: boolean
  /** What was in force until now, and comes back on undo; null for nothing. */
  former: number | null
  said: string
}

/**
 * One toast for all releases: only what was done last can be undone. Without an action it takes the
 * former one's away.
 */
const TOAST = { id: 'release', action: undefined }

/** Releases at once, and offers to put back what was in force. */
export function useReleaseWithUndo(project: string) {
  const release = useRelease(project)
  function put({ number, reason, label = false, former, said }: Releasing) {
    const undo = {
      label: 'Undo',
      onClick: () =>
        release.mutate(
          { version: String(former) },
          // Not under the same id: the toast that was pressed is on its way out, and would take it along.
          { onSuccess: () => toast(`v${former} is back in force`), onError: showError },
        ),
    }
    release.mutate(
      { version: String(number), label, ...(reason ? { reason } : {}) },
      {
        onSuccess: (started) => {
          toast.success(said, former === null ? TOAST : { ...TOAST, action: undo })
          tellLabelling(started)
        },
        onError: showError,
      },
    )
  }
  return { put, isPending: release.isPending }
}

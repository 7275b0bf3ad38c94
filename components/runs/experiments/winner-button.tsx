'use client'
import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { nameCell } from '@/lib/runs/experiments/rules'
import type { ExperimentCellView } from '@/lib/runs/experiments/schema'
import { useCreateDraft, useDiscardDraft } from '@/lib/versions/queries'
import { versionPath } from '@/lib/versions/rules'
import { describeDepartures } from '@/lib/versions/setups/rules'

/**
 * The way from a set-up to a release: a draft with its departures written into it, or the version
 * itself where it departs in nothing.
 */
export function WinnerButton({ project, cell }: { project: string; cell: ExperimentCellView }) {
  const router = useRouter()
  const create = useCreateDraft(project)
  const discard = useDiscardDraft(project)
  const { mode: _, ...departures } = cell.departures
  const release = (ref: string) => `/projects/${project}/versions/${ref}/release`
  if (describeDepartures(departures) === '') {
    return (
      <Button
        variant="primary"
        onClick={() => router.push(release(versionPath(cell.version)))}
        aria-label={`Go to the release of ${nameCell(cell)}`}
      >
        Go to its release
      </Button>
    )
  }
  // The toast outlives this page, and with it what a mutation would call back.
  function undo(id: string) {
    discard.mutateAsync(id).then(() => router.back(), showError)
  }
  return (
    <Button
      variant="primary"
      busy={create.isPending}
      onClick={() =>
        create.mutate(
          { parentId: cell.version.id, note: nameCell(cell).slice(0, 300), departures },
          {
            onError: showError,
            onSuccess: ({ id }) => {
              toast(`New draft: ${nameCell(cell)}`, {
                action: { label: 'Undo', onClick: () => undo(id) },
              })
              router.push(release(id))
            },
          },
        )
      }
    >
      Make it a draft to release
    </Button>
  )
}

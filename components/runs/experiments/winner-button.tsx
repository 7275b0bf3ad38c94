'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { experimentsQuery } from '@/lib/runs/experiments/queries'
import { nameCell } from '@/lib/runs/experiments/rules'
import type { ExperimentCellView } from '@/lib/runs/experiments/schema'
import { useCreateDraft, useDiscardDraft } from '@/lib/versions/queries'
import { versionPath } from '@/lib/versions/rules'
import { describeDepartures } from '@/lib/versions/setups/rules'

/**
 * The way from a set-up to a release: a draft with its departures written into it, or the version
 * itself where it departs in nothing. A draft that was made of it before is not offered again.
 */
export function WinnerButton({ project, cell }: { project: string; cell: ExperimentCellView }) {
  const router = useRouter()
  const client = useQueryClient()
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
  if (cell.successor) {
    const { id, number } = cell.successor
    return (
      <Button
        variant="primary"
        onClick={() => router.push(release(number === null ? id : String(number)))}
      >
        {number === null ? 'Go to the draft made of it' : `Go to v${number}, made of it`}
      </Button>
    )
  }
  /** The tables of experiments say what was made of their set-ups. */
  function readAgain() {
    void client.invalidateQueries({ queryKey: experimentsQuery(project).queryKey })
  }
  // The toast outlives this page, and with it what a mutation would call back.
  function undo(id: string) {
    discard.mutateAsync(id).then(() => {
      readAgain()
      router.back()
    }, showError)
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
              readAgain()
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

'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useDraftEach } from '@/lib/versions/proposals/queries'
import type { ProposalView } from '@/lib/versions/proposals/schema'
import type { VersionView } from '@/lib/versions/schema'
import { sideBySidePath } from '@/lib/versions/side-by-side/rules'

type TryEachProps = { project: string; version: VersionView; open: ProposalView[] }

const MOST = 10

/** Makes one draft of each open proposal, all from this one, to be tried side by side. */
export function TryEach({ project, version, open }: TryEachProps) {
  const router = useRouter()
  const draftEach = useDraftEach(project, version.id)
  const chosen = open.slice(0, MOST)
  return (
    <Button
      size="sm"
      busy={draftEach.isPending}
      onClick={() =>
        draftEach.mutate(
          chosen.map(({ id }) => id),
          {
            onSuccess: ({ ids }) => router.push(sideBySidePath(project, version.id, ids)),
            onError: showError,
          },
        )
      }
    >
      {chosen.length === 1 ? 'Try it in a draft of its own' : 'One draft for each, side by side'}
    </Button>
  )
}

'use client'
import { EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { showError } from '@/components/ui/show-error'
import { useDeleteExperiment, useRestoreExperiment } from '@/lib/runs/experiments/queries'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { RenameDialog } from './rename-dialog'

/** What is seldom done: another name, and out of the list, from where it can be brought back. */
export function ExperimentMenu({ project, view }: { project: string; view: ExperimentView }) {
  const router = useRouter()
  const remove = useDeleteExperiment(project)
  const restore = useRestoreExperiment(project)
  const [renaming, setRenaming] = useState(false)
  const list = `/projects/${project}/runs/experiments`

  async function start() {
    await remove.mutateAsync(view.id)
    router.push(list)
    toast.success(`“${view.name}” was deleted. Its runs are kept.`, {
      duration: 15_000,
      action: {
        label: 'Undo',
        onClick: () => {
          restore.mutateAsync(view.id).then(() => router.push(`${list}/${view.id}`), showError)
        },
      },
    })
  }

  return (
    <>
      <Menu
        trigger={
          <Button aria-label="Change the experiment" busy={remove.isPending}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setRenaming(true)}>
          <Pencil aria-hidden />
          Rename…
        </MenuItem>
        <MenuItem onSelect={() => void start().catch(showError)}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </Menu>
      {renaming ? (
        <RenameDialog project={project} view={view} onEnd={() => setRenaming(false)} />
      ) : null}
    </>
  )
}

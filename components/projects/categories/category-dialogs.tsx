'use client'
import type { ProjectView } from '@/lib/projects/schema'
import { MergeDialog } from './merge-dialog'
import { RemoveDialog } from './remove-dialog'
import { RenameDialog } from './rename-dialog'
import { SplitDialog } from './split-dialog'
import type { useCategoryChange } from './use-category-change'

type CategoryDialogsProps = { project: ProjectView; change: ReturnType<typeof useCategoryChange> }

export function CategoryDialogs({ project, change }: CategoryDialogsProps) {
  const { target, open, make, busy, error } = change
  if (!target) return null
  const { kind, category } = target
  const props = { project, category, busy, error, onChange: make, onClose: () => open(null) }
  switch (kind) {
    case 'rename':
      return <RenameDialog {...props} />
    case 'split':
      return <SplitDialog {...props} />
    case 'merge':
      return <MergeDialog {...props} />
    case 'remove':
      return <RemoveDialog {...props} onMerge={() => open({ kind: 'merge', category })} />
  }
}

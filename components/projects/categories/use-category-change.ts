'use client'
import { useState } from 'react'
import { toast } from 'sonner'
import { showError } from '@/components/ui/show-error'
import { useMakeCategoryChange, useUndoCategoryChange } from '@/lib/projects/categories/queries'
import type { NewCategoryChange } from '@/lib/projects/categories/schema'
import type { CategoryView } from '@/lib/projects/schema'
import type { ChangeKind } from './category-menu'

/** So long the way back is offered where one looks. */
const OFFERED_MS = 15_000

const DONE: Record<ChangeKind, string> = {
  rename: 'renamed',
  split: 'split',
  merge: 'merged',
  remove: 'removed',
}

type Target = { kind: ChangeKind; category: CategoryView }

/** Which dialog is open, and what comes of it. */
export function useCategoryChange(slug: string) {
  const [target, setTarget] = useState<Target | null>(null)
  const change = useMakeCategoryChange(slug)
  const undo = useUndoCategoryChange(slug)

  function open(next: Target | null) {
    change.reset()
    setTarget(next)
  }

  function make(input: NewCategoryChange) {
    if (!target) return
    const { name } = target.category
    change.mutate(input, {
      onSuccess: ({ id }) => {
        open(null)
        toast.success(`“${name}” was ${DONE[input.kind]}`, {
          duration: OFFERED_MS,
          action: { label: 'Undo', onClick: () => undo.mutate(id, { onError: showError }) },
        })
      },
    })
  }

  return { target, open, make, busy: change.isPending, error: change.error }
}

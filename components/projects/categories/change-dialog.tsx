'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import type { NewCategoryChange } from '@/lib/projects/categories/schema'
import type { CategoryView, ProjectView } from '@/lib/projects/schema'

/** What every dialog that changes a category is given. */
export type ChangeProps = {
  project: ProjectView
  category: CategoryView
  /** At work, and what came of the last try. */
  busy: boolean
  error: Error | null
  onChange: (input: NewCategoryChange) => void
  onClose: () => void
}

type ChangeDialogProps = Pick<ChangeProps, 'busy' | 'error' | 'onClose'> & {
  title: string
  description: string
  /** What the button says. */
  action: string
  isDangerous?: boolean
  /** Why it can't be done yet. */
  problem?: string | null
  onSubmit: () => void
  children: ReactNode
}

export function ChangeDialog({
  title,
  description,
  action,
  isDangerous = false,
  problem = null,
  busy,
  error,
  onSubmit,
  onClose,
  children,
}: ChangeDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="category-change"
            variant={isDangerous ? 'danger' : 'primary'}
            busy={busy}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id="category-change"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        {problem ? (
          <p role="alert" className="text-[13px] text-bad">
            {problem}
          </p>
        ) : null}
        {error ? (
          <Notice tone="bad" title="Nothing was changed">
            {errorMessage(error)}
          </Notice>
        ) : null}
      </form>
    </Dialog>
  )
}

'use client'
import { useState } from 'react'
import { ChangeDialog, type ChangeProps } from './change-dialog'
import { EffectLines } from './effect-lines'

type RemoveDialogProps = ChangeProps & { onMerge: () => void }

/** No category any more, and nothing in its place: its cases are labelled afresh. */
export function RemoveDialog({
  project,
  category,
  onChange,
  onMerge,
  ...dialog
}: RemoveDialogProps) {
  const [id] = useState(() => crypto.randomUUID())
  const tooFew = project.categories.length <= 2
  return (
    <ChangeDialog
      {...dialog}
      title={`Remove “${category.name}”`}
      description="Its cases are labelled afresh with the others."
      action="Remove"
      isDangerous
      problem={tooFew ? 'A project needs at least two categories.' : null}
      onSubmit={() => {
        if (!tooFew) onChange({ kind: 'remove', id, categoryId: category.id })
      }}
    >
      <EffectLines project={project.slug} ids={[category.id]} again into={null} />
      {tooFew ? null : (
        <p className="text-[13px] text-muted">
          Its labels are right, but go under another name?{' '}
          <button type="button" className="link" onClick={onMerge}>
            Merge it into another instead
          </button>
        </p>
      )}
    </ChangeDialog>
  )
}

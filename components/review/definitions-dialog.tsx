import { Dialog } from '@/components/ui/dialog'
import type { Definition } from '@/lib/reviews/definitions/schema'

type DefinitionsDialogProps = { categories: readonly Definition[]; onClose: () => void }

export function DefinitionsDialog({ categories, onClose }: DefinitionsDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Definitions"
      description="Tried in this order: the first that fits is the label."
      className="max-w-2xl"
    >
      <ol className="grid gap-3">
        {categories.map(({ id, name, description }, index) => (
          <li key={id} className="grid grid-cols-[1.5rem_1fr]">
            <span className="text-muted tabular-nums">{index + 1}</span>
            <div>
              <h3 className="font-semibold">{name}</h3>
              <p className="wrap-anywhere whitespace-pre-wrap text-muted">
                {description || 'No definition yet.'}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

import { Command } from 'cmdk'
import { Dialog } from '@/components/ui/dialog'
import type { Definition } from '@/lib/reviews/definitions/schema'

type SearchDialogProps = {
  categories: readonly Definition[]
  onChoose: (labelId: string) => void
  onClose: () => void
}

/** Type-ahead over the categories: a few letters and Enter. */
export function SearchDialog({ categories, onChoose, onClose }: SearchDialogProps) {
  return (
    <Dialog open onOpenChange={onClose} title="Search a category">
      <Command label="Search a category" loop className="p-0.5">
        <Command.Input
          autoFocus
          placeholder="Type a few letters"
          className="mb-2 h-9 w-full rounded-lg border border-control bg-surface px-3"
        />
        <Command.List className="max-h-80 overflow-y-auto">
          <Command.Empty className="px-2 py-3 text-muted">
            No category has these letters.
          </Command.Empty>
          {categories.map(({ id, name, description }) => (
            <Command.Item
              key={id}
              value={name}
              onSelect={() => onChoose(id)}
              className="cursor-pointer rounded-md px-2 py-1.5 data-[selected=true]:bg-sunken"
            >
              <span className="font-medium">{name}</span>
              <span className="line-clamp-1 text-[13px] text-muted">{description}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

'use client'
import { Trash2 } from 'lucide-react'
import { memo } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { VersionCategory } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'
import { LongText } from './long-text'
import { MoveButtons } from './move-buttons'
import { neighbourFor } from './neighbour'
import { DragHandle, SortableItem } from './sortable-list'

/** Fewer than two leave nothing to choose from. */
const FEWEST = 2

type CategoryRowProps = {
  category: VersionCategory
  at: number
  count: number
  /** No longer a category of the project. */
  isRemoved: boolean
  keeper: DraftKeeper
}

export const CategoryRow = memo(function CategoryRow(props: CategoryRowProps) {
  const { category, at, count, isRemoved, keeper } = props
  const { categoryId, name, description } = category
  function move(by: -1 | 1) {
    const ids = keeper.read().shown.categories.map((one) => one.categoryId)
    keeper.perform({ do: 'moveCategory', categoryId, after: neighbourFor(ids, categoryId, by) })
  }
  return (
    <SortableItem id={categoryId} name={name} className="rounded-lg bg-sunken p-2.5">
      <div data-part={`the category ${name}`} className="grid gap-1.5">
        <div className="flex items-center gap-2">
          <DragHandle />
          <p className="min-w-0 flex-1 font-medium text-[13px]">
            <span className="mr-1.5 text-muted tabular-nums">{at + 1}</span>
            {name}
            {isRemoved ? (
              <Badge tone="warn" className="ml-2">
                removed in the settings
              </Badge>
            ) : null}
          </p>
          <div className="flex">
            <MoveButtons name={name} isFirst={at === 0} isLast={at === count - 1} onMove={move} />
            <Button
              size="sm"
              variant="ghost"
              className="px-1.5"
              aria-label={`Leave ${name} out of this version`}
              disabled={count <= FEWEST}
              onClick={() => keeper.perform({ do: 'leaveCategory', categoryId })}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
        </div>
        <LongText
          label={<span className="sr-only">Description of {name}</span>}
          what="description"
          className="max-h-[50vh] min-h-16"
          value={description}
          placeholder="When does it fit, and when not?"
          onChange={(text) => keeper.perform({ do: 'describe', categoryId, description: text })}
        />
      </div>
    </SortableItem>
  )
})

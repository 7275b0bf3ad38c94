'use client'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Textarea } from '@/components/ui/field'
import type { ProjectView } from '@/lib/projects/schema'
import type { VersionCategory } from '@/lib/versions/schema'
import type { Draft } from './use-draft'

type CategoriesCardProps = {
  project: ProjectView
  categories: VersionCategory[]
  change: Draft['change']
}

/** Descriptions and order; the order matters, as the model takes the first one that fits. */
export const CategoriesCard = memo(function CategoriesCard(props: CategoriesCardProps) {
  const { project, categories, change } = props
  const used = new Set(categories.map(({ categoryId }) => categoryId))
  const missing = project.categories.filter(({ id }) => !used.has(id))
  const set = (next: VersionCategory[]) => change({ categories: next })
  const move = (from: number, to: number) => {
    const next = [...categories]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(to, 0, moved)
    set(next)
  }
  return (
    <Card
      title="Categories"
      description="The first one that fits is taken, so specific ones come before general ones."
    >
      <ol className="grid gap-2">
        {categories.map((category, at) => (
          <li key={category.categoryId} className="flex gap-2 rounded-lg bg-sunken p-2.5">
            <div className="grid min-w-0 flex-1 gap-1.5">
              <p className="font-medium text-[13px]">
                <span className="mr-1.5 text-muted tabular-nums">{at + 1}</span>
                {category.name}
              </p>
              <Textarea
                aria-label={`Description of ${category.name}`}
                className="min-h-16"
                value={category.description}
                maxLength={10_000}
                placeholder="When does it fit, and when not?"
                onChange={(event) =>
                  set(
                    categories.map((one, index) =>
                      index === at ? { ...one, description: event.target.value } : one,
                    ),
                  )
                }
              />
            </div>
            <MoveButtons
              name={category.name}
              at={at}
              count={categories.length}
              onMove={(to) => move(at, to)}
              onRemove={() => set(categories.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ol>
      {missing.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-2">
          {missing.map(({ id, key, name, description }) => (
            <Button
              key={id}
              size="sm"
              onClick={() => set([...categories, { categoryId: id, key, name, description }])}
            >
              Add {name}
            </Button>
          ))}
        </div>
      ) : null}
    </Card>
  )
})

type MoveButtonsProps = {
  name: string
  at: number
  count: number
  onMove: (to: number) => void
  onRemove?: () => void
}

export function MoveButtons({ name, at, count, onMove, onRemove }: MoveButtonsProps) {
  return (
    <div className="flex flex-col">
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Move ${name} up`}
        disabled={at === 0}
        onClick={() => onMove(at - 1)}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Move ${name} down`}
        disabled={at === count - 1}
        onClick={() => onMove(at + 1)}
      >
        <ArrowDown aria-hidden />
      </Button>
      {onRemove ? (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Leave ${name} out of this version`}
          disabled={count <= 2}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      ) : null}
    </div>
  )
}

'use client'
import { memo, useCallback, useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ProjectView } from '@/lib/projects/schema'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { CategoryRow } from './category-row'
import type { DraftKeeper } from './draft-keeper'
import { GoneCategories } from './gone-categories'
import { SortableList } from './sortable-list'

type CategoriesCardProps = {
  project: ProjectView
  categories: VersionCategory[]
  examples: ExampleView[]
  keeper: DraftKeeper
}

/** Descriptions and order; the order matters, as the model takes the first one that fits. */
export const CategoriesCard = memo(function CategoriesCard(props: CategoriesCardProps) {
  const { project, categories, examples, keeper } = props
  const used = new Set(categories.map(({ categoryId }) => categoryId))
  const missing = project.categories.filter(({ id }) => !used.has(id))
  const known = new Set(project.categories.map(({ id }) => id))
  const items = useMemo(
    () => categories.map(({ categoryId, name }) => ({ id: categoryId, name })),
    [categories],
  )
  const move = useCallback(
    (categoryId: string, after: string | null) =>
      keeper.perform({ do: 'moveCategory', categoryId, after }),
    [keeper],
  )
  return (
    <Card
      title="Categories"
      description="The first one that fits is taken, so specific ones come before general ones."
    >
      <GoneCategories
        project={project}
        categories={categories}
        examples={examples}
        keeper={keeper}
      />
      <SortableList items={items} onMove={move}>
        <ol className="grid gap-2">
          {categories.map((category, at) => (
            <CategoryRow
              key={category.categoryId}
              category={category}
              at={at}
              count={categories.length}
              isRemoved={!known.has(category.categoryId)}
              keeper={keeper}
            />
          ))}
        </ol>
      </SortableList>
      {missing.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-2">
          {missing.map(({ id, key, name, description }) => (
            <Button
              key={id}
              size="sm"
              onClick={() =>
                keeper.perform({
                  do: 'takeCategory',
                  category: { categoryId: id, key, name, description },
                  after: categories.at(-1)?.categoryId ?? null,
                })
              }
            >
              Add {name}
            </Button>
          ))}
        </div>
      ) : null}
    </Card>
  )
})

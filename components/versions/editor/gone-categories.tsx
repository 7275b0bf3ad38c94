'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { ProjectView } from '@/lib/projects/schema'
import { type GoneCategory, listGone } from '@/lib/versions/drafts/gone/rules'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'

type GoneCategoriesProps = {
  project: ProjectView
  categories: VersionCategory[]
  examples: ExampleView[]
  keeper: DraftKeeper
}

/** What the draft still names though the project, or the draft itself, no longer has it; and what to do about it. */
export function GoneCategories({ project, categories, examples, keeper }: GoneCategoriesProps) {
  const gone = listGone({ categories, examples }, project.categories)
  if (gone.length === 0) return null
  const left = categories.filter(({ categoryId }) => !gone.some(({ id }) => id === categoryId))
  return (
    <div className="mb-3 grid gap-2">
      {gone.map((one) => (
        <Settle key={one.id} gone={one} categories={left} keeper={keeper} />
      ))}
    </div>
  )
}

type SettleProps = { gone: GoneCategory; categories: VersionCategory[]; keeper: DraftKeeper }

function Settle({ gone, categories, keeper }: SettleProps) {
  const { id, name, isRemoved, isListed, exampleIds } = gone
  const [other, setOther] = useState('')
  const chosen = categories.find(({ categoryId }) => categoryId === other) ?? categories[0]
  const leave = isListed ? [{ do: 'leaveCategory', categoryId: id } as const] : []
  const n = exampleIds.length
  const examples = n === 1 ? 'One example uses it.' : `${n} examples use it.`
  function relabel(to: string) {
    const changed = keeper.read().shown.examples.flatMap((example) => {
      if (!exampleIds.includes(example.id)) return []
      const labelId = example.labelId === id ? to : example.labelId
      const wrongLabelId = example.wrongLabelId === id ? to : example.wrongLabelId
      const change = { labelId, wrongLabelId: wrongLabelId === labelId ? null : wrongLabelId }
      return [{ do: 'changeExample', id: example.id, change } as const]
    })
    keeper.perform(...changed, ...leave)
  }
  function switchOff() {
    const off = exampleIds.map(
      (example) => ({ do: 'changeExample', id: example, change: { enabled: false } }) as const,
    )
    keeper.perform(...off, ...leave)
  }
  return (
    <Notice
      tone="warn"
      title={
        isRemoved ? `${name} was removed in the settings.` : `${name} is left out of this draft.`
      }
      action={
        n === 0 ? (
          <Button size="sm" onClick={() => keeper.perform(...leave)}>
            Take {name} out of the draft
          </Button>
        ) : (
          <div className="flex flex-wrap items-center gap-2">
            {chosen ? (
              <>
                <Select
                  aria-label={`Label instead of ${name}`}
                  className="h-7 w-auto max-w-44 text-[13px]"
                  value={chosen.categoryId}
                  onChange={({ target }) => setOther(target.value)}
                >
                  {categories.map((category) => (
                    <option key={category.categoryId} value={category.categoryId}>
                      {category.name}
                    </option>
                  ))}
                </Select>
                <Button size="sm" onClick={() => relabel(chosen.categoryId)}>
                  Use this label instead
                </Button>
              </>
            ) : null}
            <Button size="sm" onClick={switchOff}>
              {n === 1 ? 'Switch it off' : 'Switch them off'}
            </Button>
          </div>
        )
      }
    >
      {n === 0
        ? 'No example uses it. Taken out, the draft can be frozen.'
        : `${examples} Until that is settled the draft can’t be frozen. You can undo either.`}
    </Notice>
  )
}

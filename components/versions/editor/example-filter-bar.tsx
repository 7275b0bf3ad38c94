'use client'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { EVERY_EXAMPLE, type ExampleFilter, isFiltering } from '@/lib/versions/drafts/filter/rules'
import type { VersionCategory } from '@/lib/versions/schema'

type ExampleFilterBarProps = {
  filter: ExampleFilter
  categories: VersionCategory[]
  found: number
  all: number
  onChange: (filter: ExampleFilter) => void
}

export function ExampleFilterBar(props: ExampleFilterBarProps) {
  const { filter, categories, found, all, onChange } = props
  const set = (part: Partial<ExampleFilter>) => onChange({ ...filter, ...part })
  return (
    <search aria-label="Examples" className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Input
          type="search"
          aria-label="Search examples"
          placeholder="Search text, explanation, id"
          className="h-8 basis-full text-[13px]"
          value={filter.search}
          onChange={({ target }) => set({ search: target.value })}
        />
        <Select
          aria-label="Label of examples"
          className="h-8 w-auto max-w-full flex-1 basis-28 text-[13px]"
          value={filter.labelId}
          onChange={({ target }) => set({ labelId: target.value })}
        >
          <option value="">Any label</option>
          {categories.map(({ categoryId, name }) => (
            <option key={categoryId} value={categoryId}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Kind of examples"
          className="h-8 w-auto flex-1 basis-28 text-[13px]"
          value={filter.kind}
          onChange={({ target }) => set({ kind: toKind(target.value) })}
        >
          <option value="">Good and bad</option>
          <option value="good">Good</option>
          <option value="bad">Bad</option>
        </Select>
        <Select
          aria-label="Use of examples"
          className="h-8 w-auto flex-1 basis-28 text-[13px]"
          value={filter.use}
          onChange={({ target }) => set({ use: toUse(target.value) })}
        >
          <option value="">On and off</option>
          <option value="on">In use</option>
          <option value="off">Off</option>
        </Select>
      </div>
      {isFiltering(filter) ? (
        <p
          role="status"
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted"
        >
          {count(found)} of {count(all)} examples. To change their order, show all.
          <Button size="sm" variant="ghost" onClick={() => onChange(EVERY_EXAMPLE)}>
            Show all
          </Button>
        </p>
      ) : null}
    </search>
  )
}

const toKind = (value: string): ExampleFilter['kind'] =>
  value === 'good' || value === 'bad' ? value : ''
const toUse = (value: string): ExampleFilter['use'] =>
  value === 'on' || value === 'off' ? value : ''

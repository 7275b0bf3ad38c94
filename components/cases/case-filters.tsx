'use client'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox, Input, Select } from '@/components/ui/field'
import { CASE_STATUSES } from '@/lib/cases/listing/rules'
import type { CaseFilter } from '@/lib/cases/listing/schema'
import { projectQuery } from '@/lib/projects/queries'
import type { useCaseFilter } from './use-case-filter'

const TYPING_MS = 250

type FiltersProps = Omit<ReturnType<typeof useCaseFilter>, 'filter'> & {
  project: string
  filter: CaseFilter
  canSeeLabels: boolean
}

export function CaseFilters(props: FiltersProps) {
  const { project, filter, change, clear, isFiltered, canSeeLabels } = props
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField value={filter.q ?? ''} onChange={(q) => change({ q: q || null })} />
      {canSeeLabels ? <FactFilters project={project} filter={filter} change={change} /> : null}
      {isFiltered ? (
        <Button variant="ghost" onClick={clear}>
          Clear
        </Button>
      ) : null}
    </search>
  )
}

/** Waits until the typing pauses, so that not every letter is a search. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  // "Clear" empties it from outside.
  useEffect(() => setText(value), [value])
  return (
    <div className="relative w-full sm:w-72">
      <Search className="absolute top-2.5 left-3 size-4 text-muted" aria-hidden />
      <Input
        type="search"
        aria-label="Search the cases"
        placeholder="Text, subject or id"
        className="pl-9"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}

type FactProps = Pick<FiltersProps, 'project' | 'filter' | 'change'>

function FactFilters({ project, filter, change }: FactProps) {
  const { data } = useQuery(projectQuery(project))
  return (
    <>
      <Choice
        label="Any pool"
        value={filter.pool}
        options={{ example: 'Example pool', dev: 'Dev pool' }}
        onChange={(pool) => change({ pool })}
      />
      <Choice
        label="Any status"
        value={filter.status}
        options={CASE_STATUSES}
        onChange={(status) => change({ status })}
      />
      <Choice
        label={`Any ${data?.categoryWord ?? 'category'}`}
        value={filter.category}
        options={Object.fromEntries(data?.categories.map(({ id, name }) => [id, name]) ?? [])}
        onChange={(category) => change({ category })}
      />
      <Choice
        label="Right or wrong"
        value={filter.verdict}
        options={{ right: 'Released version right', wrong: 'Released version wrong' }}
        onChange={(verdict) => change({ verdict })}
      />
      <Checkbox
        label="Close calls"
        checked={filter.close === 'yes'}
        onChange={(event) => change({ close: event.target.checked ? 'yes' : null })}
      />
    </>
  )
}

type ChoiceProps<Key extends string> = {
  label: string
  value: Key | undefined
  options: Record<Key, string>
  onChange: (value: Key | null) => void
}

/** The first option, named by the filter, takes everything. */
function Choice<Key extends string>({ label, value, options, onChange }: ChoiceProps<Key>) {
  const keys = Object.keys(options) as Key[]
  return (
    <Select
      aria-label={label}
      className="w-auto max-w-48"
      value={value ?? ''}
      onChange={(event) => onChange(keys.find((key) => key === event.target.value) ?? null)}
    >
      <option value="">{label}</option>
      {keys.map((key) => (
        <option key={key} value={key}>
          {options[key]}
        </option>
      ))}
    </Select>
  )
}

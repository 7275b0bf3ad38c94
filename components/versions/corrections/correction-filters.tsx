'use client'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { CORRECTION_STATUSES } from '@/lib/versions/corrections/rules'
import type { CorrectionOverview, CorrectionStatus } from '@/lib/versions/corrections/schema'
import type { FilterState } from './use-correction-filter'

type CorrectionFiltersProps = Pick<FilterState, 'filter' | 'status' | 'change' | 'clear'> & {
  isFiltered: boolean
  choices: Pick<CorrectionOverview, 'versions' | 'reviewers'>
}

const OPINIONS = {
  single: 'A single opinion',
  settled: 'Settled or agreed',
} as const

export function CorrectionFilters(props: CorrectionFiltersProps) {
  const { filter, status, change, clear, isFiltered, choices } = props
  return (
    <search
      aria-label="Filter the corrections"
      className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
    >
      <Choice
        label="Status"
        value={status ?? ''}
        options={Object.entries(CORRECTION_STATUSES)}
        onChange={(value) => change({ status: (value || null) as CorrectionStatus | null })}
      />
      <Choice
        label="Version"
        value={String(filter.version ?? '')}
        options={choices.versions.map((number) => [String(number), `v${number}`])}
        onChange={(value) => change({ version: value ? Number(value) : null })}
      />
      <Choice
        label="Reviewer"
        value={filter.reviewer ?? ''}
        options={choices.reviewers.map(({ id, name }) => [id, name])}
        onChange={(value) => change({ reviewer: value || null })}
      />
      <Choice
        label="Right label is"
        value={filter.opinion ?? ''}
        options={Object.entries(OPINIONS)}
        onChange={(value) => change({ opinion: (value || null) as keyof typeof OPINIONS | null })}
      />
      <Day label="From" value={filter.from} max={filter.to} onChange={(from) => change({ from })} />
      <Day label="To" value={filter.to} min={filter.from} onChange={(to) => change({ to })} />
      {isFiltered ? (
        <Button variant="ghost" onClick={clear}>
          Clear
        </Button>
      ) : null}
    </search>
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: [value: string, name: string][]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label} className="sm:w-40">
      {(id) => (
        <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Any</option>
          {options.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

type DayProps = {
  label: string
  value: string | undefined
  min?: string
  max?: string
  onChange: (value: string | null) => void
}

function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <Field label={label} className="sm:w-36">
      {(id) => (
        <Input
          id={id}
          type="date"
          value={value ?? ''}
          min={min}
          max={max}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  )
}

import { useState } from 'react'
import { Field, Input } from '@/components/ui/field'
import { readModels, readTemperatures, toggle, withOwn } from '@/lib/runs/experiments/forms/rules'
import type { Grid } from '@/lib/runs/experiments/schema'
import type { RunOptions } from '@/lib/runs/schema'
import { nameVersion } from '@/lib/versions/rules'
import { ChipChoices } from './chip-choices'

type GridFieldsProps = {
  versions: RunOptions['versions']
  grid: Grid
  onChange: (grid: Grid) => void
}

const OWN = { value: null, label: 'as the version says' }
const numbers = <N extends number>(
  values: readonly N[],
  name: (n: N) => string,
): { value: N | null; label: string }[] => [
  OWN,
  ...values.map((value) => ({ value, label: name(value) })),
]

/** What is crossed with what. Of a factor with nothing chosen there is no grid. */
export function GridFields({ versions, grid, onChange }: GridFieldsProps) {
  const set = <Factor extends keyof Grid>(factor: Factor, values: Grid[Factor]) =>
    onChange({ ...grid, [factor]: values })
  return (
    <div className="grid gap-5">
      <ChipChoices
        legend="Versions"
        chips={versions.map((version) => ({
          value: version.id,
          label: [nameVersion(version), version.note].filter(Boolean).join(' · ').slice(0, 80),
        }))}
        chosen={grid.versionIds}
        onToggle={(id, on) => set('versionIds', toggle(grid.versionIds, id, on))}
      />
      <ModelField values={grid.modelId} onChange={(values) => set('modelId', values)} />
      <ChipChoices
        legend="Examples, always the same"
        hint="The first so many of the examples in use, in their order."
        chips={numbers([0, 2, 5, 10], (n) => (n === 0 ? 'none' : `first ${n}`))}
        chosen={grid.fixedExamples}
        onToggle={(n, on) => set('fixedExamples', toggle(grid.fixedExamples, n, on))}
      />
      <ChipChoices
        legend="Similar examples"
        hint="Cases with a final label that are like the one asked about."
        chips={numbers([0, 2, 5, 10] as const, (n) => (n === 0 ? 'none' : String(n)))}
        chosen={grid.similarExamples}
        onToggle={(n, on) => set('similarExamples', toggle(grid.similarExamples, n, on))}
      />
      <ChipChoices
        legend="Cases to a call"
        hint="In packs the prompt is paid for once; look below whether the cases fit."
        chips={numbers([1, 5, 10, 20] as const, (n) => (n === 1 ? 'one by one' : `packs of ${n}`))}
        chosen={grid.packSize}
        onToggle={(n, on) => set('packSize', toggle(grid.packSize, n, on))}
      />
      <ChipChoices
        legend="Form of the answer"
        chips={[OWN, { value: 'xml', label: 'in XML' }, { value: 'schema', label: 'by schema' }]}
        chosen={grid.answers}
        onToggle={(form, on) => set('answers', toggle(grid.answers, form, on))}
      />
      <ChipChoices
        legend="Sample answer"
        chips={[OWN, { value: 'short', label: 'short' }, { value: 'full', label: 'full' }]}
        chosen={grid.sample}
        onToggle={(form, on) => set('sample', toggle(grid.sample, form, on))}
      />
      <ChipChoices
        legend="How it is asked"
        hint="A batch job is cheaper by the call, but does not use the prompt cache: see below what each set-up costs. It takes up to a day, and its calls are not timed."
        chips={[
          { value: null, label: 'on demand' },
          { value: 'batch', label: 'as a batch job' },
        ]}
        chosen={grid.mode}
        onToggle={(mode, on) => set('mode', toggle(grid.mode, mode, on))}
      />
      <TemperatureField
        values={grid.temperature}
        onChange={(values) => set('temperature', values)}
      />
    </div>
  )
}

type TypedProps<Value> = { values: (Value | null)[]; onChange: (values: (Value | null)[]) => void }

function ModelField({ values, onChange }: TypedProps<string>) {
  const [typed, setTyped] = useState('')
  const own = values.includes(null)
  return (
    <div className="grid gap-2">
      <ChipChoices
        legend="Models"
        chips={[OWN]}
        chosen={own ? [null] : []}
        onToggle={(_, on) => onChange(withOwn(on, readModels(typed)))}
      />
      <Field label="Other models" hint="Ids as Bedrock has them, with commas between.">
        {(id) => (
          <Input
            id={id}
            value={typed}
            spellCheck={false}
            onChange={({ target }) => {
              setTyped(target.value)
              onChange(withOwn(own, readModels(target.value)))
            }}
          />
        )}
      </Field>
    </div>
  )
}

function TemperatureField({ values, onChange }: TypedProps<number>) {
  const [typed, setTyped] = useState('')
  const own = values.includes(null)
  const wrong = readTemperatures(typed) === null
  return (
    <div className="grid gap-2">
      <ChipChoices
        legend="Temperature"
        chips={[OWN]}
        chosen={own ? [null] : []}
        onToggle={(_, on) => onChange(withOwn(on, readTemperatures(typed) ?? []))}
      />
      <Field
        label="Other temperatures"
        hint="Between 0 and 1, with commas between. Models that take none are left out."
        error={wrong ? 'Numbers between 0 and 1, with commas between.' : undefined}
      >
        {(id) => (
          <Input
            id={id}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value)
              const read = readTemperatures(target.value)
              if (read) onChange(withOwn(own, read))
            }}
          />
        )}
      </Field>
    </div>
  )
}

'use client'
import { useId, useState } from 'react'
import { Checkbox, Field, Select } from '@/components/ui/field'
import { ChangeDialog, type ChangeProps } from './change-dialog'
import { EffectLines } from './effect-lines'

/** One or more go on as another: their labels carry over, or their cases are asked again. */
export function MergeDialog({ project, category, onChange, ...dialog }: ChangeProps) {
  const others = project.categories.filter(({ id }) => id !== category.id)
  const [intoId, setIntoId] = useState(others[0]?.id ?? '')
  const [alsoIds, setAlsoIds] = useState<readonly string[]>([])
  const [askAgain, setAskAgain] = useState(false)
  const [id] = useState(() => crypto.randomUUID())
  const into = others.find((one) => one.id === intoId)
  const candidates = others.filter((one) => one.id !== intoId)
  const categoryIds = [category.id, ...alsoIds.filter((one) => one !== intoId)]
  const tooFew = project.categories.length - categoryIds.length < 2

  function submit() {
    if (!into || tooFew) return
    onChange({ kind: 'merge', id, categoryIds, intoId, askAgain })
  }

  return (
    <ChangeDialog
      {...dialog}
      title={`Merge “${category.name}” into another`}
      description="It is no category of its own any more."
      action="Merge"
      problem={tooFew ? 'A project needs at least two categories.' : null}
      onSubmit={submit}
    >
      <Field label="Goes on as">
        {(field) => (
          <Select
            id={field}
            data-first-focus
            value={intoId}
            onChange={(event) => setIntoId(event.target.value)}
          >
            {others.map(({ id: other, name }) => (
              <option key={other} value={other}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {candidates.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer text-[13px] text-muted hover:text-ink">
            Merge more than one
          </summary>
          <fieldset className="mt-2 grid max-h-40 gap-1.5 overflow-y-auto">
            <legend className="sr-only">Also merge</legend>
            {candidates.map(({ id: other, name }) => (
              <Checkbox
                key={other}
                label={name}
                checked={alsoIds.includes(other)}
                onChange={(event) =>
                  setAlsoIds(
                    event.target.checked
                      ? [...alsoIds, other]
                      : alsoIds.filter((one) => one !== other),
                  )
                }
              />
            ))}
          </fieldset>
        </details>
      ) : null}
      <Choice askAgain={askAgain} onChange={setAskAgain} />
      <EffectLines
        project={project.slug}
        ids={categoryIds}
        again={askAgain}
        into={into?.name ?? null}
      />
    </ChangeDialog>
  )
}

function Choice(props: { askAgain: boolean; onChange: (askAgain: boolean) => void }) {
  const name = useId()
  const choices = [
    { value: false, label: 'Its labels carry over', hint: 'Nobody’s minutes are wasted.' },
    { value: true, label: 'Ask again about its cases', hint: 'Where the labels can’t be trusted.' },
  ]
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-[13px]">What becomes of its cases</legend>
      {choices.map(({ value, label, hint }) => (
        <label key={label} className="flex items-start gap-2">
          <input
            type="radio"
            name={name}
            checked={props.askAgain === value}
            onChange={() => props.onChange(value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            {label} <span className="block text-[13px] text-muted">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

type Chip<Value> = { value: Value; label: string }

type ChipChoicesProps<Value> = {
  legend: string
  hint?: string
  chips: readonly Chip<Value>[]
  chosen: readonly Value[]
  onToggle: (value: Value, on: boolean) => void
}

/** Several of a few, as they fit into a line. */
export function ChipChoices<Value extends string | number | null>({
  legend,
  hint,
  chips,
  chosen,
  onToggle,
}: ChipChoicesProps<Value>) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-[13px]">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {chips.map(({ value, label }) => (
          <label
            key={String(value)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-lg border border-line px-2.5 py-1 text-[13px] has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) => onToggle(value, target.checked)}
              className="size-3.5 accent-accent"
            />
            <span className="break-words">{label}</span>
          </label>
        ))}
      </div>
      {hint ? <p className="mt-1 text-[13px] text-muted">{hint}</p> : null}
    </fieldset>
  )
}

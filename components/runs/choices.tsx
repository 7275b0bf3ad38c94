type Choice<Value extends string> = {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
}

type ChoicesProps<Value extends string> = {
  legend: string
  name: string
  value: Value
  onChange: (value: Value) => void
  choices: readonly Choice<Value>[]
}

/** One of a few, each with a sentence. */
export function Choices<Value extends string>({
  legend,
  name,
  value,
  onChange,
  choices,
}: ChoicesProps<Value>) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-[13px]">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex items-start gap-3 rounded-lg border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-disabled:text-muted"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="block font-medium">{choice.label}</span>
            {choice.hint ? (
              <span className="block text-[13px] text-muted">{choice.hint}</span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Select, Textarea } from '@/components/ui/field'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { SettleInput } from '@/lib/reviews/disagreements/schema'

type PrecedentFormProps = {
  label: Definition
  categories: readonly Definition[]
  /** What was said when it was settled before, if it was. */
  former: { secondLabelId: string | null; precedent: string } | null
  busy: boolean
  onSettle: (input: SettleInput) => void
  onBack: () => void
}

/** Why, in one sentence; the focus is there at once, and Enter saves. */
export function PrecedentForm(props: PrecedentFormProps) {
  const { label, categories, former, busy, onSettle, onBack } = props
  const [sentence, setSentence] = useState(former?.precedent ?? '')
  const [second, setSecond] = useState(former?.secondLabelId ?? '')
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])

  function settle() {
    if (busy) return
    if (sentence.trim() === '') {
      setMissing(true)
      field.current?.focus()
      return
    }
    const secondLabelId = second === '' || second === label.id ? null : second
    onSettle({ labelId: label.id, secondLabelId, precedent: sentence })
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        settle()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) onBack()
      }}
    >
      <div>
        <p className="text-[13px] text-muted">The label</p>
        <p className="wrap-anywhere font-semibold text-lg">{label.name}</p>
      </div>
      <Field
        label="Why, in one sentence"
        hint="Reviewers see it after their answer at the next case like this one."
        error={
          missing && sentence.trim() === '' ? 'Say why: it helps at the next like case.' : null
        }
      >
        {(id) => (
          <Textarea
            id={id}
            ref={field}
            value={sentence}
            maxLength={300}
            required
            onChange={(event) => setSentence(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              if (!event.repeat) settle()
            }}
          />
        )}
      </Field>
      <Field label="Second choice, if it is a close call">
        {(id) => (
          <Select id={id} value={second} onChange={(event) => setSecond(event.target.value)}>
            <option value="">None</option>
            {categories
              .filter((category) => category.id !== label.id)
              .map((category) => (
                <option key={category.id} value={category.id}>
                  {category.name}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" kbd="↵" busy={busy}>
          Settle
        </Button>
        <Button variant="ghost" kbd="Esc" onClick={onBack}>
          Another label
        </Button>
      </div>
    </form>
  )
}

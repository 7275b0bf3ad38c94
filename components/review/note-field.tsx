import { Field, Textarea } from '@/components/ui/field'

type NoteFieldProps = { note: string; onChange: (note: string) => void; onDone: () => void }

/** Goes with the next answer on this case. Enter or Escape gives the keys back. */
export function NoteField({ note, onChange, onDone }: NoteFieldProps) {
  return (
    <Field
      label="Your note on this case"
      hint="Sent with your answer. Enter: done, Shift+Enter: new line."
    >
      {(id) => (
        <Textarea
          id={id}
          autoFocus
          value={note}
          maxLength={4_000}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            const done = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)
            if (!done || event.nativeEvent.isComposing) return
            event.preventDefault()
            onDone()
          }}
        />
      )}
    </Field>
  )
}

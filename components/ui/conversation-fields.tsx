import { Field, Input, Textarea } from './field'

type Pasted = { subject: string; text: string }

type ConversationFieldsProps = Pasted & {
  /** Characters that each may have. */
  longest: { subject: number; text: number }
  /** How the text is read. */
  hint: string
  onChange: (change: Partial<Pasted>) => void
}

/** Where a conversation is pasted: its subject and its text. */
export function ConversationFields(props: ConversationFieldsProps) {
  const { subject, text, longest, hint, onChange } = props
  return (
    <div className="grid gap-3">
      <Field label="Subject" hint="May be left empty.">
        {(id) => (
          <Input
            id={id}
            autoComplete="off"
            maxLength={longest.subject}
            value={subject}
            onChange={({ target }) => onChange({ subject: target.value })}
          />
        )}
      </Field>
      <Field label="Text" hint={hint}>
        {(id) => (
          <Textarea
            id={id}
            className="max-h-96 min-h-40"
            maxLength={longest.text}
            value={text}
            onChange={({ target }) => onChange({ text: target.value })}
          />
        )}
      </Field>
    </div>
  )
}

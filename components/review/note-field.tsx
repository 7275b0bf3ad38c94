import { useEffect, useRef } from 'react'
import { Field, Textarea } from '@/components/ui/field'

type NoteFieldProps = { note: string; onChange: (note: string) => void; onDone: () => void }

/** Goes with the next answer on this case. Enter or Escape gives the keys back. */
export function NoteField({ note, onChange, onDone }: NoteFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = field
    if (!current) return
    // Behind what is there already: a quotation, or what was written before.
    current.focus({ preventScroll: true })
    current.setSelectionRange(current.value.length, current.value.length)
    const bringIntoView = () => current.scrollIntoView({ block: 'nearest' })
    bringIntoView()
    // On a phone the keyboard comes up over it a moment later.
    window.visualViewport?.addEventListener('resize', bringIntoView)
    return () => window.visualViewport?.removeEventListener('resize', bringIntoView)
  }, [])
  return (
    <Field
      label="Your note on this case"
      hint="Sent with your answer. Enter: done, Shift+Enter: new line."
    >
      {(id) => (
        <Textarea
          ref={field}
          id={id}
          value={note}
          maxLength={4_000}
          className="max-h-48"
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

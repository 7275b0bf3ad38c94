'use client'
import { type ReactNode, useRef } from 'react'
import { cx } from '@/components/ui/cx'
import { Field, Input, Textarea } from '@/components/ui/field'
import { explainLength, type LimitedText } from '@/lib/versions/limits/rules'
import { HugeText, isHuge, readHugeInsertion } from './huge-text'
import { useCaret } from './keep-caret'

type LongTextProps = {
  label: ReactNode
  what: LimitedText
  value: string
  onChange: (text: string) => void
  hint?: string
  placeholder?: string
  /** Something else that is wrong with it. */
  error?: string
  /** One line only. */
  isLine?: boolean
  className?: string
}

/** A text with a limit. What is too long stays as it was pasted, with a word on it: nothing is cut. */
export function LongText(props: LongTextProps) {
  const { label, what, value, onChange, hint, placeholder, error, isLine, className } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const noteTyped = useCaret(area, value)
  function insert(
    event: React.ClipboardEvent<TextElement> | React.DragEvent<TextElement>,
    inserted: string,
  ) {
    const text = readHugeInsertion(event.currentTarget, inserted)
    if (text === null) return
    event.preventDefault()
    onChange(text)
  }
  return (
    <Field label={label} hint={hint} error={explainLength(what, value) ?? error}>
      {(id) => {
        if (isHuge(value)) return <HugeText id={id} what={what} value={value} onChange={onChange} />
        const control = {
          id,
          value,
          placeholder,
          onChange: (event: React.ChangeEvent<TextElement>) => {
            noteTyped(event.target.value)
            onChange(event.target.value)
          },
          onPaste: (event: React.ClipboardEvent<TextElement>) =>
            insert(event, event.clipboardData.getData('text/plain')),
          onDrop: (event: React.DragEvent<TextElement>) =>
            insert(event, event.dataTransfer.getData('text/plain')),
        }
        return isLine ? (
          <Input className={className} {...control} />
        ) : (
          <Textarea
            ref={area}
            className={cx('max-h-[60vh] overflow-y-auto', className)}
            {...control}
          />
        )
      }}
    </Field>
  )
}

type TextElement = HTMLTextAreaElement | HTMLInputElement

'use client'
import { useQuery } from '@tanstack/react-query'
import { type MouseEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { findSensitive } from '@/lib/cases/redaction/rules'
import { tellKinds } from '@/lib/cases/redaction/words/rules'
import { projectQuery } from '@/lib/projects/queries'
import { LONGEST_TEXT, type Range } from '@/lib/versions/examples/trimming/rules'
import { useCaret } from '../../editor/keep-caret'
import type { PromotionForm } from './use-promotion-form'

type CaseTextFieldProps = { project: string; form: PromotionForm; original: string }

/**
 * The text of the example. What is selected in it can be kept alone, left out or redacted: the browser's
 * own selection, so that it works with keyboard, mouse and finger alike.
 */
export function CaseTextField({ project, form, original }: CaseTextFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const isSelected = useHasSelection(area)
  const noteTyped = useCaret(area, form.text)
  const { text } = form
  const length = text.trim().length

  /** The focus goes back into the text where it was there, or where a key pressed the button. */
  function act(event: MouseEvent, change: () => void) {
    change()
    if (event.detail === 0 || document.activeElement === area.current) area.current?.focus()
  }
  function onSelection(event: MouseEvent, change: (range: Range) => void) {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = area.current ?? {}
    if (start < end) act(event, () => change({ start, end }))
  }
  const tools = [
    { name: 'Keep only this', change: form.keepOnly },
    { name: 'Leave this out', change: form.leaveOut },
    { name: 'Redact this', change: form.redact },
  ]
  return (
    <div className="grid gap-2">
      <Field
        label="Text of the case"
        hint="Select a passage, then keep only that, leave it out or redact it, in whole words. The case itself stays as it is."
        error={explainLength(length)}
      >
        {(id) => (
          <Textarea
            id={id}
            ref={area}
            className="max-h-[36vh] min-h-32 overflow-y-auto font-mono text-[13px]"
            value={text}
            onChange={(event) => {
              noteTyped(event.target.value)
              form.writeText(event.target.value)
            }}
          />
        )}
      </Field>
      <div
        role="toolbar"
        aria-label="Shorten and redact"
        className="flex flex-wrap gap-1.5"
        // A mouse on a button must not take the selection away.
        onMouseDown={(event) => event.preventDefault()}
      >
        {tools.map(({ name, change }) => (
          <Button
            key={name}
            size="sm"
            disabled={!isSelected}
            onClick={(event) => onSelection(event, change)}
          >
            {name}
          </Button>
        ))}
        {text !== original ? (
          <Button size="sm" onClick={(event) => act(event, form.bringBack)}>
            Whole text
          </Button>
        ) : null}
        {form.mayUndo ? (
          <Button
            size="sm"
            aria-keyshortcuts="Control+Z Meta+Z"
            title="Undo (Ctrl Z)"
            onClick={(event) => act(event, form.undo)}
          >
            Undo
          </Button>
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {form.did}
      </p>
      <PersonalData project={project} form={form} />
    </div>
  )
}

/** After these what is selected may be another; not "input", at which React must hear of the text first. */
const SELECTING = ['select', 'keyup', 'pointerup'] as const

/** Whether something in the field is selected, however it came to be. */
function useHasSelection(area: React.RefObject<HTMLTextAreaElement | null>): boolean {
  const [has, setHas] = useState(false)
  useEffect(() => {
    const element = area.current
    const look = () => {
      if (element) setHas(element.selectionStart < element.selectionEnd)
    }
    document.addEventListener('selectionchange', look)
    for (const name of SELECTING) element?.addEventListener(name, look)
    return () => {
      document.removeEventListener('selectionchange', look)
      for (const name of SELECTING) element?.removeEventListener(name, look)
    }
  }, [area])
  return has
}

function explainLength(length: number): string | null {
  if (length === 0) return 'An example needs a text.'
  if (length <= LONGEST_TEXT) return null
  return `It has ${count(length)} characters, an example takes at most ${count(LONGEST_TEXT)}. Leave something out.`
}

/** What looks like personal data in text or explanation, and what was put in its place. */
function PersonalData({ project, form }: { project: string; form: PromotionForm }) {
  const replacing = useQuery(projectQuery(project)).data?.redactPersonalData === true
  const written = useDeferredValue(`${form.text}\n${form.explanation}`)
  const found = useMemo(
    // Far longer than an example may be, it is shortened first.
    () => (written.length > 4 * LONGEST_TEXT ? [] : findSensitive(written)),
    [written],
  )
  return (
    <>
      {found.length > 0 ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-[13px]">
          <span className="text-warn">Looks like {tellKinds(found.map(({ kind }) => kind))}.</span>
          <Button size="sm" onClick={form.redactAll}>
            Redact personal data
          </Button>
          {replacing ? (
            <span className="text-muted">It is also done when the example is saved.</span>
          ) : null}
        </div>
      ) : null}
      {form.replaced.length > 0 ? (
        <details className="text-[13px] text-muted">
          <summary className="cursor-pointer">
            {form.replaced.length === 1
              ? '1 passage was replaced'
              : `${form.replaced.length} passages were replaced`}
          </summary>
          <ul className="mt-1 grid gap-0.5">
            {form.replaced.map(({ placeholder, value }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same value may be replaced twice
              <li key={at} className="wrap-anywhere">
                <span className="font-mono">{placeholder}</span> was {value}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

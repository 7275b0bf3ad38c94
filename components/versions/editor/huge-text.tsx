'use client'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { LIMITS, type LimitedText } from '@/lib/versions/limits/rules'

/** From here on a browser takes seconds to lay a text out, at every key again. */
const HUGE = 300_000
const SHOWN = 5_000

export const isHuge = (text: string): boolean => text.length > HUGE

/** The whole text after something was pasted or dropped into the field; null where the field itself copes with it. */
export function readHugeInsertion(
  field: HTMLTextAreaElement | HTMLInputElement,
  inserted: string,
): string | null {
  const { value, selectionStart, selectionEnd } = field
  const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length]
  const text = value.slice(0, from) + inserted + value.slice(to)
  return isHuge(text) ? text : null
}

type HugeTextProps = {
  id: string
  what: LimitedText
  value: string
  onChange: (text: string) => void
}

/** Stands in for the field of a text that no browser can edit: the beginning of it, and what to do with the rest. */
export function HugeText({ id, what, value, onChange }: HugeTextProps) {
  async function copy() {
    await navigator.clipboard.writeText(value)
    toast.success('Copied.')
  }
  return (
    <div className="grid gap-2">
      <Textarea
        id={id}
        readOnly
        className="max-h-48 overflow-y-auto"
        value={`${value.slice(0, SHOWN)}\n…`}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onChange(value.slice(0, LIMITS[what]))}>
          Keep the first {count(LIMITS[what])} characters
        </Button>
        <Button size="sm" onClick={() => void copy().catch(showError)}>
          Copy all of it
        </Button>
        <Button size="sm" onClick={() => onChange('')}>
          Empty the field
        </Button>
      </div>
    </div>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Textarea } from '@/components/ui/field'
import { Glossary } from '@/components/ui/glossary'
import { Notice } from '@/components/ui/notice'
import { useSettled } from '@/components/ui/use-settled'
import { LONGEST_PREVIEW } from '@/lib/cases/redaction/limits/rules'
import { redactionPreviewQuery } from '@/lib/cases/redaction/queries'
import type {
  RedactionPreview as Preview,
  PreviewInput,
  RedactionSetting,
} from '@/lib/cases/redaction/schema'
import { tellKinds } from '@/lib/cases/redaction/words/rules'

const SAMPLE =
  'Hello, I am locked out as dana@example.com since this morning, from 203.0.113.7. Please call +49 30 901820.'

type RedactionPreviewProps = { project: string; setting: RedactionSetting }

/** A pasted text as the model would be sent it under what is chosen above, saved or not. */
export function RedactionPreview({ project, setting }: RedactionPreviewProps) {
  const [text, setText] = useState(SAMPLE)
  const tooLong = text.length > LONGEST_PREVIEW
  const settled = useSettled<PreviewInput>({ text, setting })
  const { data, error, isPlaceholderData } = useQuery({
    ...redactionPreviewQuery(project, settled),
    enabled: !tooLong && settled.text.length <= LONGEST_PREVIEW,
  })
  return (
    <div className="grid gap-3 rounded-lg bg-sunken p-3 sm:p-4">
      <Field
        label="Try it on a text"
        hint="Nothing of it is kept. Values of fields are those of your newest cases."
        error={tooLong ? 'At most 20,000 characters can be tried at once.' : null}
      >
        {(id) => (
          <Textarea
            id={id}
            className="max-h-[30vh] overflow-y-auto"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <section aria-label="As the model would read it" className="grid gap-1.5">
        <h3 className="font-medium text-[13px]">As the model would read it</h3>
        {error ? <Notice tone="bad" title={errorMessage(error)} /> : null}
        <p
          aria-busy={isPlaceholderData}
          className="wrap-anywhere max-h-[30vh] min-h-20 overflow-y-auto whitespace-pre-wrap rounded-lg border border-line bg-surface px-3 py-2 text-sm"
        >
          {data ? <Marked preview={data} /> : null}
        </p>
        {data ? <Summary preview={data} on={setting.on} /> : null}
      </section>
    </div>
  )
}

function Marked({ preview: { text, replaced } }: { preview: Preview }) {
  const placeholders = new Set(replaced.map(({ placeholder }) => placeholder))
  const parts = text.split(/(\[[^[\]]{1,80}\])/)
  return parts.map((part, place) =>
    placeholders.has(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their place
      <mark key={place} className="rounded bg-accent-soft px-0.5 font-mono text-accent text-xs">
        {part}
      </mark>
    ) : (
      part
    ),
  )
}

function Summary({ preview: { replaced }, on }: { preview: Preview; on: boolean }) {
  if (replaced.length === 0) {
    return (
      <p className="text-[13px] text-muted">
        {on
          ? 'Nothing was recognised. That is no promise that nothing is there.'
          : 'Switched off: the text would be sent as it is.'}
      </p>
    )
  }
  return (
    <Glossary
      summary={`Replaced: ${tellKinds(replaced.map(({ kind }) => kind))}`}
      rows={replaced.map(({ placeholder, values, times }) => ({
        ...{ term: placeholder, meanings: values, times },
      }))}
    />
  )
}

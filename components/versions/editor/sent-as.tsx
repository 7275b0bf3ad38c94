'use client'
import { useQuery } from '@tanstack/react-query'
import { errorMessage } from '@/components/ui/error-message'
import { Glossary } from '@/components/ui/glossary'
import { useSettled } from '@/components/ui/use-settled'
import { LONGEST_EXAMPLE } from '@/lib/cases/redaction/limits/rules'
import { examplePreviewQuery } from '@/lib/cases/redaction/queries'
import type { ExamplePreview, ExamplePreviewInput } from '@/lib/cases/redaction/schema'
import { tellKinds } from '@/lib/cases/redaction/words/rules'

type SentAsProps = { project: string; example: ExamplePreviewInput }

/** What of an example is replaced when it leaves for the model; here it stays as it is written. */
export function SentAs({ project, example: { caseId, text, explanation } }: SentAsProps) {
  const settled = useSettled({ caseId, text, explanation })
  const isLookedThrough = Math.max(text.length, explanation.length) <= LONGEST_EXAMPLE
  const { data, error } = useQuery({
    ...examplePreviewQuery(project, settled),
    enabled:
      isLookedThrough &&
      Math.max(settled.text.length, settled.explanation.length) <= LONGEST_EXAMPLE,
  })
  return (
    <section aria-label="When it is sent" aria-live="polite" className="min-h-5 text-[13px]">
      {error ? (
        <p className="text-bad">What is replaced could not be told. {errorMessage(error)}</p>
      ) : null}
      {data && !error ? <Told preview={data} /> : null}
    </section>
  )
}

function Told({ preview: { on, replaced } }: { preview: ExamplePreview }) {
  if (!on) {
    return (
      <p className="text-muted">
        The project replaces no personal data: this is sent as it is written.
      </p>
    )
  }
  if (replaced.length === 0) {
    return (
      <p className="text-muted">
        No personal data was recognised in it: this is sent as it is written.
      </p>
    )
  }
  return (
    <Glossary
      summary={`Replaced when it is sent: ${tellKinds(replaced.map(({ kind }) => kind))}`}
      rows={replaced.map(({ placeholder, values, times }) => ({
        ...{ term: placeholder, meanings: values, times },
      }))}
    />
  )
}

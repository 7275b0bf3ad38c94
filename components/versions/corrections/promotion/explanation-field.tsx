'use client'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Textarea } from '@/components/ui/field'
import { count, duration } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { useOnce } from '@/components/ui/use-once'
import { useDraftExplanation } from '@/lib/versions/corrections/queries'
import { explainLength } from '@/lib/versions/limits/rules'
import { useCaret } from '../../editor/keep-caret'
import type { PromotionForm } from './use-promotion-form'

type ExplanationFieldProps = {
  project: string
  reviewId: string
  versionId: string
  form: PromotionForm
  /** The draft shows it as a rule of one line. */
  isRule: boolean
}

/** Drafted by a template, or on request by the model: what a model wrote is saved only when it was read. */
export function ExplanationField(props: ExplanationFieldProps) {
  const { project, reviewId, versionId, form, isRule } = props
  const ask = useDraftExplanation(project)
  const once = useOnce()
  const { kind, text, explanation } = form
  const area = useRef<HTMLTextAreaElement>(null)
  const noteTyped = useCaret(area, explanation)
  return (
    <div className="grid gap-2">
      <Field
        label="Explanation"
        hint={
          isRule
            ? 'In one line, as a rule that also fits the next case like it.'
            : 'Why this label, and why not the other.'
        }
        error={explainLength('explanation', explanation)}
      >
        {(id) => (
          <Textarea
            id={id}
            ref={area}
            data-first-focus
            className="max-h-[30vh] min-h-24 overflow-y-auto"
            value={explanation}
            onFocus={form.markRead}
            onChange={(event) => {
              noteTyped(event.target.value)
              form.explain(event.target.value)
            }}
          />
        )}
      </Field>
      {ask.error ? <Notice tone="bad" title={errorMessage(ask.error)} /> : null}
      <DraftedNotice form={form} />
      <Button
        size="sm"
        className="justify-self-start"
        busy={ask.isPending}
        disabled={text.trim() === ''}
        onClick={() =>
          once((again) =>
            ask.mutate(
              { reviewId, versionId, kind, text },
              { onSuccess: form.takeDraft, onSettled: again },
            ),
          )
        }
      >
        {ask.isPending ? 'The model is writing' : 'Draft it with the model'}
      </Button>
    </div>
  )
}

function DraftedNotice({ form }: { form: PromotionForm }) {
  const { drafted } = form
  if (!drafted) return null
  const undo = (
    <Button size="sm" onClick={form.takeDraftBack}>
      Undo
    </Button>
  )
  if (drafted.by === null) {
    return (
      <Notice title="The local stand-in can’t write: this is the template." action={undo}>
        It is made of the two labels and the note.
      </Notice>
    )
  }
  const { modelId, inputTokens, outputTokens, latencyMs, cost, priced } = drafted.by
  return (
    <Notice
      tone={drafted.unread ? 'warn' : 'neutral'}
      title={
        drafted.unread ? 'Drafted by the model: read it before you save' : 'Drafted by the model'
      }
      action={
        <span className="flex gap-2">
          {drafted.unread ? (
            <Button size="sm" onClick={form.markRead}>
              I have read it
            </Button>
          ) : null}
          {undo}
        </span>
      }
    >
      {modelId}: {count(inputTokens)} tokens read, {count(outputTokens)} written,{' '}
      {costWords(cost, priced)}, {duration(latencyMs)}.
    </Notice>
  )
}

'use client'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { usePromoteCorrection } from '@/lib/versions/corrections/queries'
import type { CorrectionView } from '@/lib/versions/corrections/schema'
import { LONGEST_TEXT } from '@/lib/versions/examples/trimming/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { explainLength } from '@/lib/versions/limits/rules'
import { watchComposing } from '../../editor/composing'
import { useUndoKeys } from '../../editor/use-undo-keys'
import type { NameOf } from '../pair-names'
import { CaseTextField } from './case-text-field'
import { ExplanationField } from './explanation-field'
import { PromotionFacts } from './promotion-facts'
import { PromotionPreview } from './promotion-preview'
import { type KeptForms, mayBeBad, usePromotionForm } from './use-promotion-form'

export type PromotionProps = {
  project: string
  correction: CorrectionView
  nameOf: NameOf
  kept: KeptForms
  onClose: () => void
  /** `replaced`: passages for which placeholders stand now. */
  onPromoted: (versionId: string, replaced: number) => void
}

export function PromoteForm(props: PromotionProps & { drafts: VersionSummary[] }) {
  const { project, correction, nameOf, kept, onClose, onPromoted, drafts } = props
  const { reviewId, suggestedId, rightId } = correction
  const right = nameOf(rightId, '')
  const wrong = suggestedId === null || suggestedId === rightId ? null : nameOf(suggestedId, '')
  const form = usePromotionForm({ project, correction, right, wrong, drafts, kept })
  const promote = usePromoteCorrection(project)
  const { versionId, kind, text, explanation, drafted, badForm } = form
  const tooLong =
    text.trim().length > LONGEST_TEXT || explainLength('explanation', explanation) !== null
  const save = () =>
    promote.mutate(
      { reviewId, versionId, kind, text, explanation },
      {
        onSuccess: ({ replaced }) => {
          form.forget()
          onPromoted(versionId, replaced)
        },
      },
    )
  useEffect(watchComposing, [])
  // Text and explanation have one history, of what was typed and of what the tools did.
  useUndoKeys(form.undo, form.redo, () => 'draft')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-6xl"
      title={`Promote ${correction.externalId}`}
      description={correction.subject}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={promote.isPending}
            disabled={text.trim() === '' || tooLong || drafted?.unread === true}
            onClick={save}
          >
            Add to the draft
          </Button>
        </>
      }
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="grid min-w-0 content-start gap-4">
          {promote.error ? (
            <Notice tone="bad" title={errorMessage(promote.error)}>
              What you wrote is kept here.
            </Notice>
          ) : null}
          <PromotionFacts
            drafts={drafts}
            versionId={versionId}
            kind={kind}
            mayBeBad={mayBeBad(correction)}
            right={right}
            wrong={wrong}
            exampleForm={badForm}
            onChange={form.change}
          />
          <ExplanationField
            project={project}
            reviewId={reviewId}
            versionId={versionId}
            form={form}
            isRule={kind === 'bad' && badForm === 'corrected_with_rule'}
          />
          <CaseTextField project={project} form={form} original={correction.text} />
        </div>
        {tooLong ? (
          <p className="text-[13px] text-muted">
            The draft is shown here once text and explanation are short enough.
          </p>
        ) : (
          <PromotionPreview
            project={project}
            versionId={versionId}
            correction={correction}
            kind={kind}
            text={text}
            explanation={explanation}
          />
        )}
      </div>
    </Dialog>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { usePromoteCorrection } from '@/lib/versions/corrections/queries'
import { draftForForm } from '@/lib/versions/examples/rules'
import { LONGEST_TEXT } from '@/lib/versions/examples/trimming/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionQuery } from '@/lib/versions/queries'
import { CaseTextField } from './case-text-field'
import { ExplanationField } from './explanation-field'
import type { PromoteDialogProps } from './promote-dialog'
import { PromotionFacts } from './promotion-facts'
import { PromotionPreview } from './promotion-preview'
import { usePromotionForm } from './use-promotion-form'

export function PromoteForm(props: PromoteDialogProps & { drafts: VersionSummary[] }) {
  const { project, correction, nameOf, kept, onClose, onPromoted, drafts } = props
  const { reviewId, suggestedId, rightId, note } = correction
  const right = nameOf(rightId, '')
  const wrong = suggestedId === null || suggestedId === rightId ? null : nameOf(suggestedId, '')
  const mayBeBad = suggestedId !== null || correction.wrongReason
  const firstId = drafts[0]?.id ?? ''
  const keptId = kept.get(reviewId)?.versionId
  const isThere = drafts.some(({ id }) => id === keptId)
  const form = usePromotionForm({
    reviewId,
    original: correction.text,
    kept,
    start: { versionId: firstId, kind: mayBeBad ? 'bad' : 'good' },
    template: ({ kind }) =>
      kind === 'good' ? note : draftForForm(exampleForm, { right, wrong, note }),
  })
  // The draft it was written for may be frozen by now.
  const versionId = keptId === undefined || isThere ? form.versionId : firstId
  const version = useQuery(versionQuery(project, versionId))
  const exampleForm = version.data?.badExampleForm ?? 'wrong_with_reason'
  const promote = usePromoteCorrection(project)
  const { kind, text, explanation, drafted } = form
  const tooLong = text.trim().length > LONGEST_TEXT
  const save = () =>
    promote.mutate(
      { reviewId, versionId, kind, text, explanation },
      {
        onSuccess: () => {
          form.forget()
          onPromoted(versionId)
        },
      },
    )
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
            mayBeBad={mayBeBad}
            right={right}
            wrong={wrong}
            exampleForm={version.data?.badExampleForm}
            onChange={form.change}
          />
          <ExplanationField
            project={project}
            reviewId={reviewId}
            versionId={versionId}
            form={form}
            isRule={kind === 'bad' && exampleForm === 'corrected_with_rule'}
          />
          <CaseTextField form={form} original={correction.text} />
        </div>
        {tooLong ? (
          <p className="text-[13px] text-muted">
            The draft is shown here once the text is short enough.
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

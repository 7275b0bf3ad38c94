'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Select, Textarea } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { usePromoteCorrection } from '@/lib/versions/corrections/queries'
import type { CorrectionView } from '@/lib/versions/corrections/schema'
import { draftExplanation } from '@/lib/versions/examples/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { useCreateDraft, versionsQuery } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import type { NameOf } from './pair-list'
import { PromotionPreview } from './promotion-preview'

type PromoteDialogProps = {
  project: string
  correction: CorrectionView
  nameOf: NameOf
  onClose: () => void
}

/** Makes an example of a correction; the draft it joins is in view beside the form. */
export function PromoteDialog(props: PromoteDialogProps) {
  const versions = useQuery(versionsQuery(props.project))
  return (
    <Loaded query={versions}>
      {(all) => {
        const drafts = all.filter(
          ({ id, number }) =>
            number === null && !props.correction.promotedTo.some((one) => one.id === id),
        )
        return drafts.length > 0 ? (
          <PromoteForm {...props} drafts={drafts} />
        ) : (
          <NoDraft {...props} from={all.find(({ released }) => released) ?? all[0]} />
        )
      }}
    </Loaded>
  )
}

function NoDraft({
  project,
  correction,
  onClose,
  from,
}: PromoteDialogProps & { from?: VersionSummary }) {
  const create = useCreateDraft(project)
  const again = correction.promotedTo.some(({ number }) => number === null)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={again ? 'It is in your draft already' : 'There is no draft to put it into'}
      description={
        again
          ? 'For another version as well, make another draft and promote it there.'
          : 'An example joins a draft, never a frozen version.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {from ? (
            <Button
              variant="primary"
              busy={create.isPending}
              onClick={() => create.mutate({ parentId: from.id })}
            >
              New draft from {nameVersion(from)}
            </Button>
          ) : null}
        </>
      }
    >
      {create.error ? <Notice tone="bad" title={errorMessage(create.error)} /> : null}
    </Dialog>
  )
}

function PromoteForm(props: PromoteDialogProps & { drafts: VersionSummary[] }) {
  const { project, correction, nameOf, onClose, drafts } = props
  const { suggestedId, rightId, note } = correction
  const right = nameOf(rightId, '')
  const wrong = suggestedId === null || suggestedId === rightId ? null : nameOf(suggestedId, '')
  const bad = suggestedId !== null || correction.wrongReason
  const [versionId, setVersionId] = useState(drafts[0]?.id ?? '')
  const [kind, setKind] = useState<'good' | 'bad'>(bad ? 'bad' : 'good')
  const [text, setText] = useState(correction.text)
  const [explanation, setExplanation] = useState(
    bad ? draftExplanation({ right, wrong, note }) : note,
  )
  const promote = usePromoteCorrection(project)
  const save = () =>
    promote.mutate(
      { reviewId: correction.reviewId, versionId, kind, text, explanation },
      {
        onSuccess: () => {
          toast.success('It is an example of the draft now.', {
            action: (
              <Link className="link ml-auto" href={`/projects/${project}/versions/${versionId}`}>
                Open the draft
              </Link>
            ),
          })
          onClose()
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
            disabled={text.trim() === ''}
            onClick={save}
          >
            Add to the draft
          </Button>
        </>
      }
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="grid content-start gap-4">
          {promote.error ? <Notice tone="bad" title={errorMessage(promote.error)} /> : null}
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Draft">
              {(id) => (
                <Select id={id} value={versionId} onChange={(e) => setVersionId(e.target.value)}>
                  {drafts.map((draft) => (
                    <option key={draft.id} value={draft.id}>
                      {nameVersion(draft, draft.parent)}
                      {draft.note ? `: ${draft.note.slice(0, 40)}` : ''}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Kind">
              {(id) => (
                <Select
                  id={id}
                  value={kind}
                  onChange={({ target }) => setKind(target.value === 'good' ? 'good' : 'bad')}
                >
                  {bad ? <option value="bad">Bad: what was wrong, and why</option> : null}
                  <option value="good">Good: the right label, and why</option>
                </Select>
              )}
            </Field>
          </div>
          <p className="text-[13px] text-muted">
            Right: <span className="font-medium text-ink">{right}</span>
            {kind === 'bad' && wrong ? (
              <>
                . Wrong: <span className="font-medium text-ink">{wrong}</span>
              </>
            ) : null}
            .
          </p>
          <Field label="Explanation" hint="Why this label, and why not the other.">
            {(id) => (
              <Textarea
                id={id}
                data-first-focus
                className="min-h-24"
                value={explanation}
                maxLength={5_000}
                onChange={(event) => setExplanation(event.target.value)}
              />
            )}
          </Field>
          <Field label="Text of the case" hint="Shorten it to what decides.">
            {(id) => (
              <Textarea
                id={id}
                className="max-h-[36vh] min-h-40 overflow-y-auto font-mono text-[13px]"
                value={text}
                maxLength={50_000}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        </div>
        <PromotionPreview
          project={project}
          versionId={versionId}
          correction={correction}
          kind={kind}
          text={text}
          explanation={explanation}
        />
      </div>
    </Dialog>
  )
}

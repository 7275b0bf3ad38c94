'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { useCreateDraft, versionsQuery } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import { PromoteForm, type PromotionProps } from './promote-form'

/** Makes an example of a correction; the draft it joins is in view beside the form. */
export function PromoteDialog(props: PromotionProps) {
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
}: PromotionProps & { from?: VersionSummary }) {
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

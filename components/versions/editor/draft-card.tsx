'use client'
import { useRouter } from 'next/navigation'
import { memo } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { showError } from '@/components/ui/show-error'
import { useDiscardDraft, useRestoreDraft } from '@/lib/versions/queries'
import type { DraftKeeper } from './draft-keeper'
import { LongText } from './long-text'

type DraftCardProps = {
  project: string
  versionId: string
  note: string
  /** What the list of versions shows where nothing is written. */
  changes: string
  keeper: DraftKeeper
}

export const DraftCard = memo(function DraftCard(props: DraftCardProps) {
  const { project, versionId, note, changes, keeper } = props
  return (
    <Card title="This draft">
      <div data-part="the line on what changed">
        <LongText
          isLine
          label="What changed, in one line"
          hint="Shown in the list of versions. Left empty, it is written for you."
          what="note"
          value={note}
          placeholder={changes}
          onChange={(text) => keeper.perform({ do: 'set', fields: { note: text } })}
        />
      </div>
      <DiscardButton project={project} versionId={versionId} keeper={keeper} />
    </Card>
  )
})

type DiscardButtonProps = Pick<DraftCardProps, 'project' | 'versionId' | 'keeper'>

function DiscardButton({ project, versionId, keeper }: DiscardButtonProps) {
  const router = useRouter()
  const discard = useDiscardDraft(project)
  const restore = useRestoreDraft(project)
  const list = `/projects/${project}/versions`
  async function start() {
    // So that bringing it back brings back all of it.
    await keeper.save()
    await discard.mutateAsync(versionId)
    keeper.giveUp()
    router.push(list)
    toast.success('The draft was discarded.', {
      duration: 15_000,
      action: {
        label: 'Undo',
        onClick: () => {
          restore.mutateAsync(versionId).then(() => router.push(`${list}/${versionId}`), showError)
        },
      },
    })
  }
  return (
    <Button
      size="sm"
      variant="danger"
      className="mt-4"
      busy={discard.isPending}
      onClick={() => void start().catch(showError)}
    >
      Discard draft
    </Button>
  )
}

'use client'
import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { nameParts, partsOf } from '@/lib/versions/drafts/merging/rules'
import { useRestoreDraft } from '@/lib/versions/queries'
import { ClashNotice } from './clash-notice'
import { readTexts } from './unsaved-texts'
import type { Draft } from './use-draft'

/** What stands between this person's changes and the saved draft, and what to do about each. */
export function DraftNotices({ project, draft }: { project: string; draft: Draft }) {
  const { keeper, clashes, refused, trouble, ended, shown, saved } = draft
  if (ended) return <Ended project={project} draft={draft} />
  return (
    <>
      {trouble ? (
        <Notice
          tone="bad"
          title={trouble}
          action={
            <Button size="sm" onClick={keeper.retry}>
              Try again now
            </Button>
          }
        >
          What you wrote is still here, and is saved by itself once that works again.
        </Notice>
      ) : null}
      {clashes.map((part) => (
        <ClashNotice
          key={JSON.stringify(part)}
          part={part}
          mine={shown}
          theirs={saved}
          onKeepMine={() => keeper.keepMine(part)}
          onTakeTheirs={() => keeper.takeTheirs(part)}
        />
      ))}
      {refused.map(({ step, message }) => (
        <Notice
          key={JSON.stringify(partsOf(step)) + message}
          tone="bad"
          title={`${capital(nameParts(partsOf(step), shown))}: ${message}`}
          action={
            <div className="flex flex-wrap gap-2">
              <Button size="sm" onClick={keeper.retry}>
                Try again
              </Button>
              <Button size="sm" onClick={() => keeper.drop(step)}>
                Give it up
              </Button>
            </div>
          }
        >
          This change is not saved. It is still here.
        </Notice>
      ))}
    </>
  )
}

function Ended({ project, draft }: { project: string; draft: Draft }) {
  const { keeper, ended, pending, shown } = draft
  const router = useRouter()
  const restore = useRestoreDraft(project)
  const unsaved = nameParts(pending.flatMap(partsOf), shown)
  const left = unsaved ? `Not in it: what you changed last (${unsaved}).` : ''
  async function copy() {
    await navigator.clipboard.writeText(readTexts(pending))
    toast.success('Copied.')
  }
  const number = ended?.frozenAs ?? null
  return (
    <Notice
      tone="warn"
      title={number === null ? 'This draft was discarded.' : `This draft was frozen as v${number}.`}
      action={
        <div className="flex flex-wrap gap-2">
          {unsaved ? (
            <Button size="sm" onClick={() => void copy().catch(showError)}>
              Copy what I wrote
            </Button>
          ) : null}
          {number === null ? (
            <Button
              size="sm"
              busy={restore.isPending}
              onClick={() =>
                restore.mutate(shown.id, {
                  onSuccess: () => void keeper.revive(),
                  onError: showError,
                })
              }
            >
              Bring it back
            </Button>
          ) : (
            <Button
              size="sm"
              onClick={() => {
                keeper.giveUp()
                router.push(`/projects/${project}/versions/${number}`)
              }}
            >
              Open v{number}
            </Button>
          )}
        </div>
      }
    >
      {left}
    </Notice>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

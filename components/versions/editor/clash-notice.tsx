import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { namePart, type Part } from '@/lib/versions/drafts/merging/rules'
import type { VersionView } from '@/lib/versions/schema'

type ClashNoticeProps = {
  part: Part
  mine: VersionView
  theirs: VersionView
  onKeepMine: () => void
  onTakeTheirs: () => void
}

/** Two people changed the same part: both states to look at, and the choice. */
export function ClashNotice({ part, mine, theirs, onKeepMine, onTakeTheirs }: ClashNoticeProps) {
  const name = namePart(part, mine, theirs)
  return (
    <Notice
      tone="warn"
      title={`${theirs.savedBy ?? 'Someone else'} changed ${name} while you did. Yours is not saved yet: choose which to keep.`}
      action={
        <div className="flex flex-wrap gap-2">
          <Button size="sm" aria-label={`Keep mine: ${name}`} onClick={onKeepMine}>
            Keep mine
          </Button>
          <Button size="sm" aria-label={`Take theirs: ${name}`} onClick={onTakeTheirs}>
            Take theirs
          </Button>
        </div>
      }
    >
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        <Side title="Yours" text={describe(part, mine)} />
        <Side title="Theirs" text={describe(part, theirs)} />
      </div>
    </Notice>
  )
}

/** As much as one reads to decide; the whole stays in the draft. */
const MOST_SHOWN = 20_000

function Side({ title, text }: { title: string; text: string | null }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="font-medium text-ink text-xs">{title}</h3>
      <div className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words rounded-md bg-surface p-2 text-ink">
        {text === null ? <em>removed</em> : text.slice(0, MOST_SHOWN) || <em>empty</em>}
      </div>
    </section>
  )
}

/** Null: it is not there. */
function describe(part: Part, version: VersionView): string | null {
  switch (part.kind) {
    case 'field': {
      const value = version[part.field]
      return typeof value === 'object'
        ? Object.values(value).join(' · ')
        : String(value).replaceAll('_', ' ')
    }
    case 'category':
      return (
        version.categories.find(({ categoryId }) => categoryId === part.id)?.description ?? null
      )
    case 'categoryOrder':
      return version.categories.map(({ name }, at) => `${at + 1}. ${name}`).join('\n')
    case 'exampleOrder':
      return version.examples.map(({ externalId }, at) => `${at + 1}. ${externalId}`).join('\n')
    case 'example': {
      const example = version.examples.find(({ id }) => id === part.id)
      if (!example) return null
      const { text, explanation, enabled, kind } = example
      const state = `${kind === 'good' ? 'Good' : 'Bad'}, ${enabled ? 'in use' : 'off'}`
      return [state, text, explanation].filter(Boolean).join('\n\n')
    }
  }
}

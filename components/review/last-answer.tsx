import { Button } from '@/components/ui/button'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { Past } from '@/lib/reviews/session/schema'

type LastAnswerProps = {
  last: Past | undefined
  categories: readonly Definition[]
  act: (intent: Intent) => void
}

/** What was said last, and the way back. */
export function LastAnswer({ last, categories, act }: LastAnswerProps) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-3 text-[13px] text-muted">
      <span className="min-w-0 truncate">{last ? `Last: ${wordsFor(last, categories)}` : ''}</span>
      <Button size="sm" variant="ghost" kbd="U" onClick={() => act({ means: 'undo' })}>
        Undo
      </Button>
    </div>
  )
}

function wordsFor({ labelId, thumb }: Past, categories: readonly Definition[]): string {
  const name = categories.find(({ id }) => id === labelId)?.name
  if (!name) return 'wrong, unsure which'
  if (thumb === null) return name
  return thumb === 'up' ? `${name}, agreed` : `${name}, corrected`
}

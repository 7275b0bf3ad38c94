import { memo } from 'react'
import { Button } from '@/components/ui/button'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Intent } from '@/lib/reviews/keys/schema'
import type { Past } from '@/lib/reviews/session/schema'
import type { Revealed } from './use-reveal'

type LastAnswerProps = {
  last: Past | undefined
  categories: readonly Definition[]
  revealed: Revealed
  act: (intent: Intent) => void
}

/** What was said last, what is known of it now, and the way back. */
export function LastAnswer({ last, categories, revealed, act }: LastAnswerProps) {
  const seen = last ? revealed[last.reviewId] : undefined
  const { revealable = false, precedents = [] } = last?.after ?? {}
  const nameOf = (id: string | null) =>
    categories.find((category) => category.id === id)?.name ?? 'no valid label'
  return (
    <div className="grid gap-1 text-[13px] text-muted">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <span className="min-w-0 truncate">
          {last ? `Last: ${wordsFor(last, categories)}` : ''}
        </span>
        {seen ? null : <Undo act={act} />}
      </div>
      {last?.thumb === null && !seen ? (
        // Keeps its place from the answer on: whether there is something to see comes a moment later.
        <div className="min-h-7">
          {revealable ? (
            <Button
              size="sm"
              variant="ghost"
              kbd="V"
              className="-ml-2.5"
              onClick={() => act({ means: 'reveal' })}
            >
              See what the model said
            </Button>
          ) : null}
        </div>
      ) : null}
      <div role="status" className="grid max-h-40 gap-1 overflow-y-auto">
        {seen ? (
          <p className="wrap-anywhere">
            The model said <strong className="font-semibold">{nameOf(seen.labelId)}</strong>
            {seen.explanation ? `: ${seen.explanation}` : '.'} Your answer now stands.
          </p>
        ) : null}
        {precedents.map(({ sentence, label, others }) => (
          <p key={sentence} className="wrap-anywhere">
            Precedent: {sentence} <strong className="font-semibold">{label}</strong>
            {others.length > 0 ? `, not ${others.join(' or ')}` : ''}
          </p>
        ))}
      </div>
    </div>
  )
}

const Undo = memo(function Undo({ act }: Pick<LastAnswerProps, 'act'>) {
  return (
    <Button size="sm" variant="ghost" kbd="U" onClick={() => act({ means: 'undo' })}>
      Undo
    </Button>
  )
})

function wordsFor({ labelId, thumb }: Past, categories: readonly Definition[]): string {
  const name = categories.find(({ id }) => id === labelId)?.name
  if (!name) return 'wrong, unsure which'
  if (thumb === null) return name
  return thumb === 'up' ? `${name}, agreed` : `${name}, corrected`
}

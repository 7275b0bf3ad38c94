import type { Definition } from '@/lib/reviews/definitions/schema'
import type { Session } from '@/lib/reviews/session/schema'

type FormerAnswerProps = { session: Session; categories: readonly Definition[] }

/** What the person said before of a case that they have taken back into their hands. */
export function FormerAnswer({ session, categories }: FormerAnswerProps) {
  const assignmentId = session.queue[0]?.assignmentId ?? ''
  const former = session.former[assignmentId]
  if (!former) return null
  const { labelId, closeCall, secondLabelId } = former
  const name = labelId === null ? 'wrong, unsure which' : nameOf(labelId, categories)
  const second = secondLabelId === null ? '' : `, else ${nameOf(secondLabelId, categories)}`
  return (
    <p className="text-[13px] text-muted">
      You said before: <span className="font-medium text-ink">{name}</span>
      {closeCall ? ` (close call${second})` : ''}
    </p>
  )
}

const nameOf = (id: string, categories: readonly Definition[]): string =>
  categories.find((category) => category.id === id)?.name ?? 'a category that is gone'

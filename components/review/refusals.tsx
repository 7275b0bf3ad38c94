import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import type { Definition } from '@/lib/reviews/definitions/schema'
import { SKIP_REASONS } from '@/lib/reviews/rules'
import type { Pending, Refused } from '@/lib/reviews/session/schema'
import { FIRST_CONFLICT } from './conflict'

type RefusalsProps = {
  project: string
  refused: readonly Refused[]
  categories: readonly Definition[]
  onRead: (id: string) => void
}

/**
 * What could not be saved, what it was and why; it stays until it was read, also over reloads. It
 * floats, so that the case someone is reading does not move.
 */
export function Refusals({ project, refused, categories, onRead }: RefusalsProps) {
  const client = useQueryClient()
  const count = refused.length
  useEffect(() => {
    // A category may be gone since the page was opened: the next answer shall not fail likewise.
    if (count > 0) void client.invalidateQueries(definitionsQuery(project))
  }, [client, project, count])
  return (
    <section
      aria-label="Conflicts"
      className="fixed inset-x-4 top-36 z-30 mx-auto grid max-h-[60dvh] max-w-xl gap-2 overflow-y-auto lg:top-auto lg:right-[26rem] lg:bottom-4"
    >
      {refused.map(({ pending, message }, at) => (
        <div key={pending.input.id} id={at === 0 ? FIRST_CONFLICT : undefined}>
          <Notice
            tone="bad"
            className="shadow-float"
            title={titleOf(pending)}
            action={
              <Button size="sm" onClick={() => onRead(pending.input.id)}>
                Got it
              </Button>
            }
          >
            <p>{message} There is nothing you need to do.</p>
            {pending.kind === 'undo' ? null : (
              <p className="wrap-anywhere mt-1 whitespace-pre-wrap">
                You said: {wordsFor(pending, categories)}
              </p>
            )}
            <CaseLink {...{ project, pending }} />
          </Notice>
        </div>
      ))}
    </section>
  )
}

function titleOf({ kind, externalId }: Pending): string {
  if (kind === 'undo') return externalId ? `Not taken back: case ${externalId}` : 'Not changed'
  return `${kind === 'skip' ? 'Not skipped' : 'Not saved'}: case ${externalId}`
}

function wordsFor(
  pending: Exclude<Pending, { kind: 'undo' }>,
  categories: readonly Definition[],
): string {
  const { input } = pending
  const note = input.note ? [`“${input.note}”`] : []
  if (pending.kind === 'skip') return [SKIP_REASONS[pending.input.reason], ...note].join(' · ')
  const nameOf = (id: string | null) =>
    categories.find((category) => category.id === id)?.name ?? 'a category that is gone'
  const { labelId, closeCall, secondLabelId, wrongReason } = pending.input
  return [
    labelId ? nameOf(labelId) : 'wrong, unsure which',
    ...(closeCall
      ? [secondLabelId ? `close call, else ${nameOf(secondLabelId)}` : 'close call']
      : []),
    ...(wrongReason ? ['right label, wrong reason'] : []),
    ...note,
  ].join(' · ')
}

/** Cases that come with a suggestion are open to all; of others only the server could say. */
function CaseLink({ project, pending }: { project: string; pending: Pending }) {
  const { caseId, input } = pending
  if (!caseId || !('suggestionId' in input) || input.suggestionId === null) return null
  return (
    <Link className="link" href={`/projects/${project}/cases/${caseId}`}>
      Open the case
    </Link>
  )
}

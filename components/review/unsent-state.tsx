import Link from 'next/link'
import { useEffect, useState } from 'react'
import { TopBar } from '@/components/layout/top-bar'
import type { Failure } from '@/lib/reviews/session/schema'
import { countConflicts } from './conflict'
import { SavedState } from './saved-state'
import type { SenderEvent } from './sender'
import { openSenders, sendAll } from './unsent-sending'

type Left = {
  waiting: number
  durable: boolean
  failure: Failure | null
  /** Projects with conflicts that nobody has read. */
  conflicts: { project: string; count: number }[]
}

const NOTHING: Left = { waiting: 0, durable: true, failure: null, conflicts: [] }

/** Sends what waits, of all projects; gone once nothing is left. */
export default function UnsentState({ userId }: { userId: string }) {
  const [left, setLeft] = useState(NOTHING)
  useEffect(() => watch(userId, setLeft), [userId])
  const { waiting, durable, failure, conflicts } = left
  if (waiting === 0 && conflicts.length === 0) return null
  return (
    <TopBar>
      {conflicts.map(({ project, count }) => (
        <Link
          key={project}
          prefetch={false}
          className="link whitespace-nowrap text-bad"
          href={`/projects/${project}/review`}
        >
          {countConflicts(count)}
        </Link>
      ))}
      {waiting > 0 ? (
        <SavedState {...{ waiting, failure, durable }} onRetry={() => void sendAll(userId)} />
      ) : null}
    </TopBar>
  )
}

/** Tells what is left at once and after every change, until the returned function is called. */
function watch(userId: string, tell: (left: Left) => void): () => void {
  let isOver = false
  const stops: (() => void)[] = []

  async function begin() {
    const senders = await openSenders(userId)
    if (isOver) return
    const look = async (failure: Failure | null) => {
      const left = { ...NOTHING, failure, conflicts: [] as Left['conflicts'] }
      for (const [project, sender] of senders) {
        const { waiting, refused } = await sender.list()
        left.waiting += waiting.length
        left.durable &&= sender.isDurable()
        if (refused.length > 0) left.conflicts.push({ project, count: refused.length })
      }
      if (!isOver) tell(left)
    }
    const hear = (event: SenderEvent) =>
      look(event.type === 'failed' ? event : null).catch(() => undefined)
    for (const sender of senders.values()) {
      stops.push(sender.subscribe((event) => void hear(event)))
      void sender.send()
    }
    await look(null)
  }

  // What cannot be read now is asked for again on the next page.
  begin().catch(() => undefined)
  return () => {
    isOver = true
    for (const stop of stops) stop()
  }
}

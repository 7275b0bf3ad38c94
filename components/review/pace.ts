import { useEffect, useState } from 'react'
import type { SessionStore } from './session-store'

/** Fewer say nothing of a pace. */
const FEWEST = 3

/** The middle one; null for fewer than three. */
export function medianOf(seconds: readonly number[]): number | null {
  if (seconds.length < FEWEST) return null
  const sorted = [...seconds].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]]
  return (low + high) / 2
}

/** Seconds that a case takes the person at this sitting, their median; null until it is known. */
export function usePace(store: SessionStore): number | null {
  const [seconds] = useState(() => new Map<string, number>())
  const [pace, setPace] = useState<number | null>(null)
  useEffect(
    () =>
      store.subscribe(() => {
        const pending = store.getSnapshot().session.outbox.at(-1)
        if (pending?.kind !== 'answer' || seconds.has(pending.input.id)) return
        seconds.set(pending.input.id, pending.input.seconds ?? 0)
        // Not in the frame that shows the next case: nobody watches their pace that closely.
        setTimeout(() => setPace(medianOf([...seconds.values()])), PACE_AFTER_MS)
      }),
    [store, seconds],
  )
  return pace
}

const PACE_AFTER_MS = 100

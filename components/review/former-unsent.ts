import type { Outbox } from '@/lib/platform/outbox'
import { isPending } from '@/lib/reviews/session/rules'

/** Moves what an earlier release has left in localStorage to the outbox, once. */
export async function moveFormerUnsent(
  outbox: Outbox,
  person: string,
  project: string,
): Promise<void> {
  const key = `closecall:unsent:${person}:${project}`
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    for (const value of Array.isArray(stored) ? stored.filter(isPending) : []) {
      await outbox.put({ id: value.input.id, owner: person, scope: project, value })
    }
    localStorage.removeItem(key)
  } catch {
    // Storage that is switched off or broken holds nothing.
  }
}

import { readPending } from '@/lib/reviews/session/rules'
import type { Pending } from '@/lib/reviews/session/schema'

/** What this person has yet to send in this project; a copy in the browser survives a reload. */
const keyOf = (project: string, userId: string) => `closecall:unsent:${userId}:${project}`

export function readUnsent(project: string, userId: string): Pending[] {
  if (typeof window === 'undefined') return []
  try {
    return readPending(JSON.parse(localStorage.getItem(keyOf(project, userId)) ?? '[]'))
  } catch {
    // Storage that is switched off or broken holds nothing.
    return []
  }
}

export function writeUnsent(project: string, userId: string, unsent: readonly Pending[]): void {
  try {
    const key = keyOf(project, userId)
    if (unsent.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(unsent))
  } catch {
    // Full or switched off: the answers are still in memory and on their way.
  }
}

import type { CurrentHandout } from '@/lib/reviews/session/schema'

const DAY_MS = 86_400_000

/** "Given to you: 12 of 40 done, due Friday": by its name within a week, else by its date. */
export function wordsForGiven({ done, cases, dueOn }: CurrentHandout, today: Date): string {
  const due = dueOn === null ? '' : `, due ${nameDay(dueOn, today)}`
  return `Given to you: ${done} of ${cases} done${due}`
}

function nameDay(day: string, today: Date): string {
  const at = new Date(`${day}T00:00:00Z`)
  // The person's own day, as they would read it from a calendar.
  const start = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  const days = Math.round((at.getTime() - start) / DAY_MS)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  const format = days > 1 && days < 7 ? { weekday: 'long' as const } : LONG
  return at.toLocaleDateString('en-GB', { ...format, timeZone: 'UTC' })
}

const LONG = { day: 'numeric', month: 'long' } as const

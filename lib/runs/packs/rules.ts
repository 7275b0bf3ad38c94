import { createHash } from 'node:crypto'
import type { PackReading } from '../answers/packs/rules'
import type { SuggestionStatus } from '../schema'

/** What a case that is given up is called, by what came back of it last. */
const GIVEN_UP: Record<PackReading['reading'], SuggestionStatus> = {
  parsed: 'parsed',
  repaired: 'repaired',
  off_list: 'off_list',
  missing: 'missing',
  absent: 'absent',
  duplicate: 'missing',
  refused: 'refused',
  cut_off: 'cut_off',
}

export const giveUpAs = (reading: PackReading['reading']): SuggestionStatus => GIVEN_UP[reading]

/**
 * Whether a case is asked again in a smaller pack: nothing usable came back, and it did not stand
 * alone. Alone there is nobody else's fault left.
 */
export function isAskedAgain({ reading, answer }: PackReading, size: number): boolean {
  return size > 1 && (answer === null || reading === 'missing')
}

/** Cases that are asked again, in packs of half the size, and from the third time on alone. */
export function splitForRetry<Case>(cases: readonly Case[], size: number, round: number): Case[][] {
  const most = round >= 2 ? 1 : Math.max(1, Math.ceil(size / 2))
  const packs: Case[][] = []
  for (let at = 0; at < cases.length; at += most) packs.push(cases.slice(at, at + most))
  return packs
}

/**
 * The similar examples of a pack: those of all its cases, each once, so that the nearest of every case
 * stand last. `lists`: of each case, the nearest last.
 */
export function mergeSimilar<Similar extends { caseId: string }>(
  lists: readonly (readonly Similar[])[],
): Similar[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  const merged = new Map<string, Similar>()
  for (let fromEnd = 1; fromEnd <= longest; fromEnd++) {
    for (const list of lists) {
      const similar = list.at(-fromEnd)
      if (similar && fromEnd <= list.length && !merged.has(similar.caseId)) {
        merged.set(similar.caseId, similar)
      }
    }
  }
  return [...merged.values()].reverse()
}

/**
 * An order that has nothing to do with the cases' own, the same for a run whenever it is asked: where
 * a case stands in its pack must not go with anything else about it.
 */
export function shuffle<Case extends { caseId: string }>(
  runId: string,
  cases: readonly Case[],
): Case[] {
  const keyOf = ({ caseId }: Case) =>
    createHash('sha256').update(`${runId} ${caseId}`).digest('hex')
  return cases
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)
}

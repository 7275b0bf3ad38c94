import { isSamePart, type Part, partsOf } from '../merging/rules'
import {
  applyStep,
  applySteps,
  type DraftContent,
  hasTarget,
  invertStep,
  type Step,
} from '../steps/rules'

/** What a person did at once, and what takes it back. */
export type Entry = {
  done: Step[]
  undo: Step[]
  at: number
  /** Pasted or cut: what is typed next is a step of its own. */
  isLeap?: boolean
}
export type History = { past: Entry[]; future: Entry[] }

export const EMPTY_HISTORY: History = { past: [], future: [] }

/** Typing without a longer pause is one thing done. */
const ONE_GO_MS = 1_200
const MOST_KEPT = 200

/** The draft after the steps, and the entry that takes them back; null where they change nothing. */
export function perform<Draft extends DraftContent>(
  draft: Draft,
  steps: readonly Step[],
  at: number,
): { draft: Draft; entry: Entry } | null {
  const entry: Entry = { done: [], undo: [], at }
  let now = draft
  for (const step of steps) {
    const inverse = invertStep(now, step)
    if (!inverse) continue
    entry.done.push(step)
    entry.undo.unshift(inverse)
    now = applyStep(now, step)
  }
  return entry.done.length > 0 ? { draft: now, entry } : null
}

/** Whoever does something new can no longer do again what was undone. */
export function remember({ past }: History, entry: Entry): History {
  const last = past.at(-1)
  const isGoingOn =
    last !== undefined && isTyping(entry) && isTyping(last) && isSameText(last, entry)
  const near = isGoingOn && entry.at - last.at < ONE_GO_MS && !isLeap(entry) && !last.isLeap
  const kept = near
    ? [...past.slice(0, -1), { ...entry, undo: last.undo }]
    : [...past, isTyping(entry) && isLeap(entry) ? { ...entry, isLeap: true } : entry].slice(
        -MOST_KEPT,
      )
  return { past: kept, future: [] }
}

/** So many characters at once were pasted or cut, not typed. */
const LEAP = 50

const isLeap = ({ done: [after], undo: [before] }: Entry): boolean =>
  Math.abs(lengthOf(after) - lengthOf(before)) >= LEAP

function lengthOf(step: Step | undefined): number {
  if (step?.do === 'describe') return step.description.length
  if (step?.do !== 'set') return 0
  return Object.values(step.fields).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  )
}

const isTyping = ({ done }: Entry) =>
  done.length === 1 && (done[0]?.do === 'set' || done[0]?.do === 'describe')

function isSameText(a: Entry, b: Entry): boolean {
  const [as, bs] = [a, b].map(({ done }) => done.flatMap(partsOf))
  return JSON.stringify(as) === JSON.stringify(bs)
}

export type Turn = {
  history: History
  /** What to do to the draft; empty where `blocked` says that someone else has changed it since. */
  steps: Step[]
  parts: Part[]
  blocked: boolean
}

/** Null: there is nothing to undo. What others have changed since is never taken back with one's own. */
export function undo({ past, future }: History, draft: DraftContent): Turn | null {
  const entry = past.at(-1)
  if (!entry) return null
  const parts = uniqueParts(entry.done)
  const left = past.slice(0, -1)
  if (!isStillSo(draft, entry.done))
    return { history: { past: left, future }, steps: [], parts, blocked: true }
  return {
    history: { past: left, future: [...future, entry] },
    steps: entry.undo,
    parts,
    blocked: false,
  }
}

export function redo({ past, future }: History, draft: DraftContent): Turn | null {
  const entry = future.at(-1)
  if (!entry) return null
  const parts = uniqueParts(entry.done)
  const left = future.slice(0, -1)
  if (!isStillSo(draft, entry.undo))
    return { history: { past, future: left }, steps: [], parts, blocked: true }
  return {
    // Not to be joined with what is typed next.
    history: { past: [...past, { ...entry, at: 0 }], future: left },
    steps: entry.done,
    parts,
    blocked: false,
  }
}

/** Whether the draft still says what these steps made of it. */
function isStillSo(draft: DraftContent, steps: readonly Step[]): boolean {
  return steps.every((step) => hasTarget(draft, step)) && applySteps(draft, steps) === draft
}

function uniqueParts(steps: readonly Step[]): Part[] {
  const parts: Part[] = []
  for (const part of steps.flatMap(partsOf)) {
    if (!parts.some((one) => isSamePart(one, part))) parts.push(part)
  }
  return parts
}

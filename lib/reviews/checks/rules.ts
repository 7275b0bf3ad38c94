import { isRight, type Truth } from '@/lib/accuracy/rules'
import type { Training } from './schema'

/** An answer to a check case beside what is known of it. */
export type CheckAnswer = { answer: string | null; truth: Truth }

/** A second choice of the known answer is as valid as the first. */
export const isCheckRight = ({ answer, truth }: CheckAnswer): boolean =>
  isRight(answer, truth).countingCloseCalls

/**
 * Where a newcomer stands. `answers`: all of theirs to check cases, newest first. Passed once there are
 * `wanted` of them and of the last `wanted` at least `pass` per cent are right, so that who started
 * badly can still make it.
 */
export function judgeTraining(
  answers: readonly CheckAnswer[],
  { wanted, pass }: { wanted: number; pass: number },
): { answered: number; right: number; passed: boolean } {
  const right = answers.slice(0, wanted).filter(isCheckRight).length
  // In whole numbers: 100 · right / wanted may fall short of a share that is exactly reached.
  const passed = answers.length >= wanted && right * 100 >= pass * wanted
  return { answered: answers.length, right, passed }
}

/**
 * Of `n` cases that someone in training asks for, so many are handed out: what is missing, and then one
 * at a time, so that nobody is left with check cases in hand when the real work begins.
 */
export const placesInTraining = (
  { answered, wanted }: { answered: number; wanted: number },
  n: number,
): number => Math.min(n, Math.max(1, wanted - answered))

/** Nothing is asked of this person before real work. */
export const NO_TRAINING: Training = { needed: false, answered: 0, right: 0, wanted: 0, pass: 0 }

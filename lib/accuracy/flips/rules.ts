import { Z_95 } from '@/lib/accuracy/intervals/rules'

/**
 * Standard error that chance between identical runs adds to a difference of two accuracies, as a
 * share: √(f/n), with `rate` f the share of labels that flip when the same set-up labels the same n
 * cases again (A/A flip rate). 0 without cases.
 */
export const flipError = (rate: number, n: number): number => (n === 0 ? 0 : Math.sqrt(rate / n))

/** The same as ± of a 95 % interval: of 3,000 cases with 6 % flips .9 points. */
export const flipNoise = (rate: number, n: number): number => Z_95 * flipError(rate, n)

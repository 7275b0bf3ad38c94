import { z } from 'zod'
import { sumOfShares } from './rules'

const share = z.int('Whole per cent.').min(0, 'At least 0.').max(100, 'At most 100.')

/** What a share may be of: the mix of the review queue. */
const shares = {
  /** Per cent of what is handed out; the five add up to 100. */
  randomShare: share,
  /** Quota picks come out of these. */
  targetedShare: share,
  secondShare: share,
  checkShare: share,
  repeatShare: share,
}

/** Changed all at once: the shares make sense only together. */
export const reviewSettings = z
  .object({
    ...shares,
    /** At most this many targeted picks of one confusion pair wait at a time. */
    pairCap: z.int('A whole number.').min(1, 'At least 1.').max(1_000, 'At most 1,000.'),
    /** The known answer is shown after a check case. */
    checkFeedback: z.boolean(),
    /** Check cases that a new reviewer answers before real work; 0 for none. */
    trainingCases: z.int('A whole number.').min(0, 'At least 0.').max(200, 'At most 200.'),
    /** Per cent of them that must be right. */
    trainingPass: z.int('Whole per cent.').min(1, 'At least 1 %.').max(100, 'At most 100 %.'),
    repeatAfterDays: z.int('A whole number.').min(1, 'At least 1 day.').max(365, 'At most 365.'),
  })
  .refine((mix) => sumOfShares(mix) === 100, {
    path: ['shares'],
    message: 'The five shares must add up to 100.',
  })

export type ReviewSettings = z.infer<typeof reviewSettings>

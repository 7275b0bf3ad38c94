import { anyMember, managers } from '@/lib/platform/access'

/** What share of the cases is what is no secret: reviewers are told of check cases and repeats. */
export const mayReadReviewSettings = anyMember

export const mayChangeReviewSettings = managers

import type { Policy } from '@/lib/platform/access'

/** Reviewers and prompt engineers label cases; managers watch, so that nobody grades their own figures. */
export const mayReview: Policy = (member) =>
  member.isAdmin || member.role === 'reviewer' || member.role === 'prompt_engineer'

/** Cases that several people have passed on. */
export const mayTakeEscalated: Policy = (member) =>
  member.isAdmin || member.role === 'prompt_engineer'

import { projectRoute } from '@/lib/platform/route'
import { getReviewSettings } from '@/lib/reviews/settings/data'
import { changeReviewSettings } from '@/lib/reviews/settings/mutations'
import { mayChangeReviewSettings, mayReadReviewSettings } from '@/lib/reviews/settings/policy'
import { reviewSettings } from '@/lib/reviews/settings/schema'

export const GET = projectRoute(mayReadReviewSettings, {}, ({ member }) =>
  getReviewSettings(member.projectId),
)

export const PATCH = projectRoute(
  mayChangeReviewSettings,
  { body: reviewSettings },
  ({ member, body }) => changeReviewSettings(member, body),
)

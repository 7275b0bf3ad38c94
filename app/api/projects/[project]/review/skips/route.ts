import { projectRoute } from '@/lib/platform/route'
import { skipInput } from '@/lib/reviews/answers/schema'
import { mayReview } from '@/lib/reviews/policy'
import { skipAssignment } from '@/lib/reviews/skips/mutations'

export const POST = projectRoute(mayReview, { body: skipInput }, ({ member, body }) =>
  skipAssignment(member, body),
)

import { projectRoute } from '@/lib/platform/route'
import { submitReview } from '@/lib/reviews/answers/mutations'
import { submitInput } from '@/lib/reviews/answers/schema'
import { mayReview } from '@/lib/reviews/policy'

export const POST = projectRoute(mayReview, { body: submitInput }, ({ member, body }) =>
  submitReview(member, body),
)

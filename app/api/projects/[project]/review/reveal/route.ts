import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'
import { revealSuggestion } from '@/lib/reviews/reveal/mutations'
import { revealInput } from '@/lib/reviews/reveal/schema'

export const POST = projectRoute(mayReview, { body: revealInput }, ({ member, body }) =>
  revealSuggestion(member, body),
)

import { projectRoute } from '@/lib/platform/route'
import { listOwnAnswers } from '@/lib/reviews/answers/data'
import { ownAnswersInput } from '@/lib/reviews/answers/schema'
import { mayReview } from '@/lib/reviews/policy'

export const GET = projectRoute(mayReview, { query: ownAnswersInput }, ({ member, query }) =>
  listOwnAnswers(member, query),
)

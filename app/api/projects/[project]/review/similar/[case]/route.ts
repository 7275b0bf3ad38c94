import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'
import { openSimilarCases } from '@/lib/reviews/similar/mutations'
import { similarParams } from '@/lib/reviews/similar/schema'

export const GET = projectRoute(mayReview, { params: similarParams }, ({ member, params }) =>
  openSimilarCases(member, params.case),
)

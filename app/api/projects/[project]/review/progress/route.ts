import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'
import { getReviewProgress } from '@/lib/reviews/progress/data'

export const GET = projectRoute(mayReview, {}, ({ member }) => getReviewProgress(member))

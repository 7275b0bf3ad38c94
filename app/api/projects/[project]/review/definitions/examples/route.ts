import { projectRoute } from '@/lib/platform/route'
import { listShownExamples } from '@/lib/reviews/definitions/examples/data'
import { mayReview } from '@/lib/reviews/policy'

export const GET = projectRoute(mayReview, {}, ({ member }) => listShownExamples(member))

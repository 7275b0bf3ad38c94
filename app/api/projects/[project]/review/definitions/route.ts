import { projectRoute } from '@/lib/platform/route'
import { listDefinitions } from '@/lib/reviews/definitions/data'
import { mayReview } from '@/lib/reviews/policy'

export const GET = projectRoute(mayReview, {}, ({ member }) => listDefinitions(member))

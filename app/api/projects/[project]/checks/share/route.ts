import { projectRoute } from '@/lib/platform/route'
import { getCheckShare } from '@/lib/reviews/checks/share/data'
import { mayReview } from '@/lib/reviews/policy'

export const GET = projectRoute(mayReview, {}, ({ member }) => getCheckShare(member))

import { projectRoute } from '@/lib/platform/route'
import { maySeePeople } from '@/lib/reviews/checks/policy'
import { listReviewers } from '@/lib/reviews/people/data'

export const GET = projectRoute(maySeePeople, {}, ({ member }) => listReviewers(member))

import { projectRoute } from '@/lib/platform/route'
import { takeBackHandout } from '@/lib/reviews/handouts/mutations'
import { mayGiveWork } from '@/lib/reviews/handouts/policy'
import { handoutParams } from '@/lib/reviews/handouts/schema'

export const DELETE = projectRoute(mayGiveWork, { params: handoutParams }, ({ member, params }) =>
  takeBackHandout(member, params.handout),
)

import { projectRoute } from '@/lib/platform/route'
import { listHandouts } from '@/lib/reviews/handouts/data'
import { giveCases } from '@/lib/reviews/handouts/mutations'
import { mayGiveWork } from '@/lib/reviews/handouts/policy'
import { newHandout } from '@/lib/reviews/handouts/schema'

export const GET = projectRoute(mayGiveWork, {}, ({ member }) => listHandouts(member))

export const POST = projectRoute(mayGiveWork, { body: newHandout }, ({ member, body }) =>
  giveCases(member, body),
)

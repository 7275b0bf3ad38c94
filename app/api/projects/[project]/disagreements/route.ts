import { projectRoute } from '@/lib/platform/route'
import { openDisputes } from '@/lib/reviews/disagreements/mutations'
import { maySettle } from '@/lib/reviews/disagreements/policy'
import { disputesInput } from '@/lib/reviews/disagreements/schema'

export const GET = projectRoute(maySettle, { query: disputesInput }, ({ member, query }) =>
  openDisputes(member, query),
)

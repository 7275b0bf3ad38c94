import { projectRoute } from '@/lib/platform/route'
import { openDispute, settleCase } from '@/lib/reviews/disagreements/mutations'
import { maySettle } from '@/lib/reviews/disagreements/policy'
import { disputeParams, settleInput } from '@/lib/reviews/disagreements/schema'

export const GET = projectRoute(maySettle, { params: disputeParams }, ({ member, params }) =>
  openDispute(member, params.case),
)

export const POST = projectRoute(
  maySettle,
  { params: disputeParams, body: settleInput },
  ({ member, params, body }) => settleCase(member, params.case, body),
)

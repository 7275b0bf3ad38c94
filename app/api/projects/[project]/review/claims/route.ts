import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'
import { claimNextCases, releaseClaims, renewClaims } from '@/lib/reviews/queue/mutations'
import { claimInput, releaseInput, renewInput } from '@/lib/reviews/queue/schema'

export const POST = projectRoute(mayReview, { body: claimInput }, ({ member, body }) =>
  claimNextCases(member, body),
)

export const PATCH = projectRoute(mayReview, { body: renewInput }, ({ member, body }) =>
  renewClaims(member, body),
)

export const DELETE = projectRoute(
  mayReview,
  { query: releaseInput },
  async ({ member, query }) => {
    await releaseClaims(member, query)
    return null
  },
)

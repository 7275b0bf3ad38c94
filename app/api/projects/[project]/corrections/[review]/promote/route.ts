import { projectRoute } from '@/lib/platform/route'
import { promoteCorrection, withdrawPromotion } from '@/lib/versions/corrections/mutations'
import { correctionParams, promotion, withdrawal } from '@/lib/versions/corrections/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const POST = projectRoute(
  mayEditVersions,
  { params: correctionParams, body: promotion },
  ({ member, params, body }) => promoteCorrection(member, params.review, body),
)

export const DELETE = projectRoute(
  mayEditVersions,
  { params: correctionParams, query: withdrawal },
  ({ member, params, query }) =>
    withdrawPromotion(member, params.review, query.version).then(() => null),
)

import { projectRoute } from '@/lib/platform/route'
import { promoteCorrection } from '@/lib/versions/corrections/mutations'
import { correctionParams, promotion } from '@/lib/versions/corrections/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const POST = projectRoute(
  mayEditVersions,
  { params: correctionParams, body: promotion },
  ({ member, params, body }) => promoteCorrection(member, params.review, body),
)

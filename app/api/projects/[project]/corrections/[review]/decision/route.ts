import { projectRoute } from '@/lib/platform/route'
import { decideCorrection } from '@/lib/versions/corrections/mutations'
import { correctionParams, decisionInput } from '@/lib/versions/corrections/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const PUT = projectRoute(
  mayEditVersions,
  { params: correctionParams, body: decisionInput },
  ({ member, params, body }) => decideCorrection(member, params.review, body).then(() => null),
)

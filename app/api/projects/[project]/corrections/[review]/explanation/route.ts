import { projectRoute } from '@/lib/platform/route'
import { draftExplanationByModel } from '@/lib/versions/corrections/explanations/mutations'
import { explanationInput } from '@/lib/versions/corrections/explanations/schema'
import { correctionParams } from '@/lib/versions/corrections/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const POST = projectRoute(
  mayEditVersions,
  { params: correctionParams, body: explanationInput },
  ({ member, params, body }) => draftExplanationByModel(member, params.review, body),
)

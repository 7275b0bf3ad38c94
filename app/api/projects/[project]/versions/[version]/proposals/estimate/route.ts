import { projectRoute } from '@/lib/platform/route'
import { mayEditVersions } from '@/lib/versions/policy'
import { estimateRules } from '@/lib/versions/proposals/estimates/data'
import { draftParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayEditVersions, { params: draftParams }, ({ member, params }) =>
  estimateRules(member, params.version),
)

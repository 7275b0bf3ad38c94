import { projectRoute } from '@/lib/platform/route'
import { estimateEffects } from '@/lib/runs/effects/estimates/data'
import { effectEstimateInput } from '@/lib/runs/effects/schema'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams, query: effectEstimateInput },
  ({ member, params, query }) => estimateEffects(member, params.version, query),
)

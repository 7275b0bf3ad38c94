import { projectRoute } from '@/lib/platform/route'
import { listCandidates } from '@/lib/versions/examples/data'
import { candidateFilter } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const GET = projectRoute(
  mayEditVersions,
  { params: draftParams, query: candidateFilter },
  ({ member, params, query }) => listCandidates(member, params.version, query),
)

import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listCandidates } from '@/lib/versions/examples/data'
import { candidateFilter } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const GET = projectRoute(
  mayEditVersions,
  { params: draftParams, query: candidateFilter },
  async ({ member, params, query }) => {
    const candidates = await listCandidates(member, params.version, query)
    // They are shown with their labels.
    await recordSights(
      member,
      candidates.map(({ caseId }) => caseId),
    )
    return candidates
  },
)

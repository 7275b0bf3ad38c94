import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { getProposals, listSources } from '@/lib/versions/proposals/data'
import { wantRulesInput } from '@/lib/versions/proposals/schema'
import { wantRules } from '@/lib/versions/proposals/wanting/mutations'
import { draftParams, versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams },
  async ({ member, params }) => {
    const proposals = await getProposals(member, params.version)
    await recordSights(member, listSources(proposals))
    return proposals
  },
)

export const POST = projectRoute(
  mayEditVersions,
  { params: draftParams, body: wantRulesInput },
  ({ member, params, body }) => wantRules(member, params.version, body),
)

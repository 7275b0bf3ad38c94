import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayEditVersions } from '@/lib/versions/policy'
import { getProposals, listSources } from '@/lib/versions/proposals/data'
import { decideProposal } from '@/lib/versions/proposals/mutations'
import { proposalDecision, proposalParams } from '@/lib/versions/proposals/schema'

export const POST = projectRoute(
  mayEditVersions,
  { params: proposalParams, body: proposalDecision },
  async ({ member, params, body }) => {
    await decideProposal(member, params, body)
    const proposals = await getProposals(member, params.version)
    await recordSights(member, listSources(proposals))
    return proposals
  },
)

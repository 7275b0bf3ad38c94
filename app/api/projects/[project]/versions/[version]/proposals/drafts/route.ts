import { projectRoute } from '@/lib/platform/route'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftEachProposal } from '@/lib/versions/proposals/mutations'
import { proposalDraftsInput } from '@/lib/versions/proposals/schema'
import { draftParams } from '@/lib/versions/schema'

export const POST = projectRoute(
  mayEditVersions,
  { params: draftParams, body: proposalDraftsInput },
  ({ member, params, body }) => draftEachProposal(member, params.version, body),
)
